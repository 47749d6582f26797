package dev.sloth.store.sql;

import static dev.sloth.store.sql.SqlState.carrying;

import dev.sloth.core.store.cluster.AccessRow;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Who may call a master, and what everybody did.
record PeopleRows(Session session) {
    private static final String ALLOWED = "allowed";

    private static final Sql ACCESS =
            new Sql(
                    "list access",
                    """
                    SELECT name, role, key_hash, made_by, made_at, expires_at, revoked
                    FROM access ORDER BY name, number\
                    """);

    private static final Sql ACCESS_NAMED =
            new Sql(
                    "find access by name",
                    """
                    SELECT name, role, key_hash, made_by, made_at, expires_at, revoked
                    FROM access WHERE name = ? AND revoked = 0\
                    """);

    private static final Sql ACCESS_OF_KEY =
            new Sql(
                    "find access by key",
                    """
                    SELECT name, role, key_hash, made_by, made_at, expires_at, revoked
                    FROM access WHERE key_hash = ?\
                    """);

    private static final Sql PUT_ACCESS =
            new Sql(
                    "put access",
                    """
                    INSERT INTO access (name, role, key_hash, made_by, made_at, expires_at, revoked)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (key_hash) DO UPDATE
                    SET role = excluded.role, revoked = excluded.revoked\
                    """);

    private static final Sql APPEND =
            new Sql(
                    "append audit",
                    """
                    INSERT INTO audit (at, who, address, what, object, decision, code, outcome, times)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """);

    private static final Sql AUDIT =
            new Sql(
                    "list audit",
                    """
                    SELECT number, at, who, address, what, object, decision, code, outcome, times
                    FROM audit
                    WHERE number < ? AND at >= ? AND instr(who, ?) > 0 AND instr(object, ?) > 0
                    ORDER BY number DESC LIMIT ?\
                    """);

    private static AccessRow accessRow(Row row) throws SQLException {
        return new AccessRow(
                row.text(1),
                row.text(2),
                row.bytes(3),
                row.text(4),
                row.instant(5),
                row.instant(6),
                standing(row.number(7)));
    }

    /// The index of names holds those with 0.
    private static long number(AccessRow.Standing standing) {
        return switch (standing) {
            case NAMED -> 0;
            case REVOKED -> 1;
            case SUCCEEDED -> 2;
        };
    }

    private static AccessRow.Standing standing(long number) {
        return Arrays.stream(AccessRow.Standing.values())
                .filter(each -> number(each) == number)
                .findFirst()
                .orElse(AccessRow.Standing.REVOKED);
    }

    private static AuditRow auditRow(Row row) throws SQLException {
        return new AuditRow(
                row.number(1),
                row.instant(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7).equals(ALLOWED),
                row.text(8),
                row.text(9),
                row.number(10));
    }

    List<AccessRow> access() {
        return carrying(() -> session.list(ACCESS, PeopleRows::accessRow));
    }

    Optional<AccessRow> named(String name) {
        return carrying(() -> session.find(ACCESS_NAMED, PeopleRows::accessRow, name));
    }

    Optional<AccessRow> ofKey(byte[] keyHash) {
        return carrying(() -> session.find(ACCESS_OF_KEY, PeopleRows::accessRow, keyHash));
    }

    void put(AccessRow row) {
        int _ =
                carrying(() ->
                        session.update(
                                PUT_ACCESS,
                                row.name(),
                                row.role(),
                                row.keyHash(),
                                row.madeBy(),
                                row.madeAt(),
                                row.expiresAt(),
                                number(row.standing())));
    }

    void append(AuditRow row) {
        int _ =
                carrying(() ->
                        session.update(
                                APPEND,
                                row.at(),
                                row.who(),
                                row.address(),
                                row.what(),
                                row.object(),
                                row.allowed() ? ALLOWED : "refused",
                                row.code(),
                                row.outcome(),
                                row.times()));
    }

    /// Nothing is a part of every text.
    List<AuditRow> audit(AuditQuery query) {
        return carrying(() ->
                session.list(
                        AUDIT,
                        PeopleRows::auditRow,
                        query.before(),
                        query.since(),
                        query.who(),
                        query.object(),
                        query.limit()));
    }
}
