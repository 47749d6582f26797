package dev.sloth.store.sql;

import static dev.sloth.store.sql.SqlState.carrying;

import dev.sloth.core.store.secret.GivenRow;
import dev.sloth.core.store.secret.KeyRow;
import dev.sloth.core.store.secret.MarkedRow;
import dev.sloth.core.store.secret.MasterRow;
import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.secret.SecretTables;
import dev.sloth.core.store.secret.VersionRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Encrypted secrets in tables.
public final class SqlSecrets implements SecretStore {
    private final Transactions transactions;
    private final BooleanSupplier begun;

    /// @param begun whether the tables are there already
    public SqlSecrets(Transactions transactions, BooleanSupplier begun) {
        this.transactions = transactions;
        this.begun = begun;
    }

    @Override
    public boolean begun() {
        return begun.getAsBoolean();
    }

    @Override
    public <T> T read(Function<SecretTables, T> work) {
        return transactions.read(session -> SqlState.through(() -> work.apply(new Rows(session))));
    }

    @Override
    public <T> T write(Function<SecretTables, T> work) {
        return transactions.write(session -> SqlState.through(() -> work.apply(new Rows(session))));
    }

    /// The tables, through one session.
    private record Rows(Session session) implements SecretTables {
        private static final Sql MASTER =
                new Sql("find master key", "SELECT id, derivation, changes, seal FROM master");

        private static final Sql PUT_MASTER =
                new Sql(
                        "put master key",
                        """
                        INSERT INTO master (one, id, derivation, changes, seal) VALUES (1, ?, ?, ?, ?)
                        ON CONFLICT (one) DO UPDATE
                        SET id = excluded.id, derivation = excluded.derivation,
                            changes = excluded.changes, seal = excluded.seal\
                        """);

        private static final Sql KEYS =
                new Sql(
                        "list keys",
                        """
                        SELECT space, generation, master, wrapped, at, digest
                        FROM keys ORDER BY space\
                        """);

        private static final Sql KEY =
                new Sql(
                        "find key",
                        """
                        SELECT space, generation, master, wrapped, at, digest
                        FROM keys WHERE space = ?\
                        """);

        private static final Sql PUT_KEY =
                new Sql(
                        "put key",
                        """
                        INSERT INTO keys (space, generation, master, wrapped, at, digest)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (space) DO UPDATE
                        SET generation = excluded.generation, master = excluded.master,
                            wrapped = excluded.wrapped, at = excluded.at,
                            digest = excluded.digest\
                        """);

        private static final Sql VERSIONS =
                new Sql(
                        "list secrets",
                        """
                        SELECT space, name, version, size, at FROM versions
                        WHERE space = ? ORDER BY name, version\
                        """);

        private static final Sql VERSIONS_OF_ONE =
                new Sql(
                        "list versions",
                        """
                        SELECT space, name, version, size, at FROM versions
                        WHERE space = ? AND name = ? ORDER BY version\
                        """);

        private static final Sql MARKED =
                new Sql(
                        "mark secrets",
                        """
                        SELECT space, name, version, size, at, SUBSTR(sealed, 1, ?) FROM versions
                        WHERE space = ? ORDER BY name, version\
                        """);

        private static final Sql SEALED =
                new Sql(
                        "find secret",
                        """
                        SELECT sealed FROM versions
                        WHERE space = ? AND name = ? AND version = ?\
                        """);

        private static final Sql PUT =
                new Sql(
                        "put secret",
                        """
                        INSERT INTO versions (space, name, version, size, at, sealed)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (space, name, version) DO UPDATE
                        SET size = excluded.size, at = excluded.at, sealed = excluded.sealed\
                        """);

        private static final Sql REMOVE =
                new Sql(
                        "remove secret",
                        "DELETE FROM versions WHERE space = ? AND name = ? AND version = ?");

        private static final Sql RAW =
                new Sql(
                        "look at secret",
                        """
                        SELECT CAST(space || '|' || name || '|' || version || '|' || size || '|'
                            || at || '|' || CAST(sealed AS TEXT) || '|' || HEX(sealed) AS BLOB)
                        FROM versions WHERE space = ? AND name = ? AND version = ?\
                        """);

        private static final Sql GIVEN =
                new Sql("find given", "SELECT run, space, at, sealed FROM given WHERE run = ?");

        private static final Sql ALL_GIVEN =
                new Sql("list given", "SELECT run, space, at, sealed FROM given ORDER BY run");

        private static final Sql PUT_GIVEN =
                new Sql(
                        "put given",
                        """
                        INSERT INTO given (run, space, at, sealed) VALUES (?, ?, ?, ?)
                        ON CONFLICT (run) DO UPDATE
                        SET space = excluded.space, at = excluded.at, sealed = excluded.sealed\
                        """);

        private static final Sql REMOVE_GIVEN =
                new Sql("remove given", "DELETE FROM given WHERE run = ?");

        private static GivenRow givenRow(Row row) throws SQLException {
            return new GivenRow(row.text(1), row.text(2), row.instant(3), row.bytes(4));
        }

        private static KeyRow keyRow(Row row) throws SQLException {
            return new KeyRow(
                    row.text(1),
                    row.number(2),
                    row.text(3),
                    row.bytes(4),
                    row.instant(5),
                    row.text(6));
        }

        private static VersionRow versionRow(Row row) throws SQLException {
            return new VersionRow(
                    row.text(1), row.text(2), row.number(3), row.count(4), row.instant(5));
        }

        @Override
        public Optional<MasterRow> master() {
            return carrying(() ->
                    session.find(
                            MASTER,
                            row ->
                                    new MasterRow(
                                            row.text(1), row.text(2), row.number(3), row.text(4))));
        }

        @Override
        public void putMaster(MasterRow row) {
            int _ =
                    carrying(() ->
                            session.update(
                                    PUT_MASTER,
                                    row.id(),
                                    row.derivation(),
                                    row.changes(),
                                    row.seal()));
        }

        @Override
        public List<KeyRow> keys() {
            return carrying(() -> session.list(KEYS, Rows::keyRow));
        }

        @Override
        public Optional<KeyRow> key(String space) {
            return carrying(() -> session.find(KEY, Rows::keyRow, space));
        }

        @Override
        public void putKey(KeyRow row) {
            int _ =
                    carrying(() ->
                            session.update(
                                    PUT_KEY,
                                    row.space(),
                                    row.generation(),
                                    row.master(),
                                    row.wrapped(),
                                    row.at(),
                                    row.digest()));
        }

        @Override
        public List<VersionRow> versions(String space) {
            return carrying(() -> session.list(VERSIONS, Rows::versionRow, space));
        }

        @Override
        public List<VersionRow> versions(String space, String name) {
            return carrying(() -> session.list(VERSIONS_OF_ONE, Rows::versionRow, space, name));
        }

        @Override
        public List<MarkedRow> marked(String space) {
            return carrying(() ->
                    session.list(
                            MARKED,
                            row -> new MarkedRow(versionRow(row), row.bytes(6)),
                            MARK,
                            space));
        }

        @Override
        public Optional<byte[]> sealed(String space, String name, long version) {
            return carrying(() -> session.find(SEALED, row -> row.bytes(1), space, name, version));
        }

        @Override
        public void put(VersionRow row, byte[] sealed) {
            int _ =
                    carrying(() ->
                            session.update(
                                    PUT,
                                    row.space(),
                                    row.name(),
                                    row.version(),
                                    row.size(),
                                    row.at(),
                                    sealed));
        }

        @Override
        public void remove(VersionRow row) {
            int _ = carrying(() -> session.update(REMOVE, row.space(), row.name(), row.version()));
        }

        @Override
        public Optional<GivenRow> given(String run) {
            return carrying(() -> session.find(GIVEN, Rows::givenRow, run));
        }

        @Override
        public List<GivenRow> given() {
            return carrying(() -> session.list(ALL_GIVEN, Rows::givenRow));
        }

        @Override
        public void putGiven(GivenRow row) {
            int _ =
                    carrying(() ->
                            session.update(
                                    PUT_GIVEN, row.run(), row.space(), row.at(), row.sealed()));
        }

        @Override
        public void removeGiven(String run) {
            int _ = carrying(() -> session.update(REMOVE_GIVEN, run));
        }

        @Override
        public byte[] raw(VersionRow row) {
            return carrying(() ->
                            session.find(
                                    RAW,
                                    each -> each.bytes(1),
                                    row.space(),
                                    row.name(),
                                    row.version()))
                    .orElse(new byte[0]);
        }
    }
}
