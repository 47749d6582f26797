package dev.sloth.store.sql;

import static dev.sloth.store.sql.SqlState.carrying;

import dev.sloth.core.store.cluster.AccessRow;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.MasterRow;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.SessionRow;
import dev.sloth.core.store.cluster.ShardRow;
import dev.sloth.core.store.cluster.TokenRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tables of a cluster, through one session. Tags stand in one text, a comma between two.
record ClusterRows(Session session) implements ClusterTables {
    private static final Sql MASTER =
            new Sql("find master", "SELECT id, incarnation, url, expires FROM master WHERE id = ?");

    private static final Sql MASTERS =
            new Sql("list masters", "SELECT id, incarnation, url, expires FROM master ORDER BY id");

    private static final Sql PUT_MASTER =
            new Sql(
                    "put master",
                    """
                    INSERT INTO master (id, incarnation, url, expires) VALUES (?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE
                    SET incarnation = excluded.incarnation, url = excluded.url,
                        expires = excluded.expires\
                    """);

    private static final Sql ALL_SHARDS =
            new Sql("list shards", "SELECT id, owner, epoch FROM shard ORDER BY id");

    private static final Sql TAKE_SHARD =
            new Sql(
                    "take shard",
                    """
                    INSERT INTO shard (id, owner, epoch) VALUES (?, ?, 1)
                    ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, epoch = epoch + 1\
                    """);

    private static final Sql TOKENS =
            new Sql(
                    "list tokens",
                    """
                    SELECT id, namespace, secret_hash, tags, region, uses, used, made_by, made_at,
                        expires_at, revoked
                    FROM join_token ORDER BY number\
                    """);

    private static final Sql TOKEN =
            new Sql(
                    "find token",
                    """
                    SELECT id, namespace, secret_hash, tags, region, uses, used, made_by, made_at,
                        expires_at, revoked
                    FROM join_token WHERE id = ?\
                    """);

    private static final Sql PUT_TOKEN =
            new Sql(
                    "put token",
                    """
                    INSERT INTO join_token (id, namespace, secret_hash, tags, region, uses, used,
                        made_by, made_at, expires_at, revoked)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE
                    SET used = excluded.used, revoked = excluded.revoked\
                    """);

    private static final Sql AGENTS =
            new Sql(
                    "list agents",
                    """
                    SELECT id, namespace, name, tags, region, slots, key_hash, token, joined_at,
                        certificate_until, seen_at, revoked, draining, removed
                    FROM agent ORDER BY namespace, name, number\
                    """);

    private static final Sql AGENT =
            new Sql(
                    "find agent",
                    """
                    SELECT id, namespace, name, tags, region, slots, key_hash, token, joined_at,
                        certificate_until, seen_at, revoked, draining, removed
                    FROM agent WHERE id = ?\
                    """);

    private static final Sql AGENT_NAMED =
            new Sql(
                    "find agent by name",
                    """
                    SELECT id, namespace, name, tags, region, slots, key_hash, token, joined_at,
                        certificate_until, seen_at, revoked, draining, removed
                    FROM agent WHERE namespace = ? AND name = ? AND revoked = 0\
                    """);

    private static final Sql AGENT_OF_KEY =
            new Sql(
                    "find agent by key",
                    """
                    SELECT id, namespace, name, tags, region, slots, key_hash, token, joined_at,
                        certificate_until, seen_at, revoked, draining, removed
                    FROM agent WHERE key_hash = ?\
                    """);

    private static final Sql PUT_AGENT =
            new Sql(
                    "put agent",
                    """
                    INSERT INTO agent (id, namespace, name, tags, region, slots, key_hash, token,
                        joined_at, certificate_until, seen_at, revoked, draining, removed)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE
                    SET name = excluded.name, tags = excluded.tags, region = excluded.region,
                        slots = excluded.slots, key_hash = excluded.key_hash,
                        token = excluded.token, certificate_until = excluded.certificate_until,
                        seen_at = excluded.seen_at, revoked = excluded.revoked,
                        draining = excluded.draining, removed = excluded.removed\
                    """);

    private static final Sql SEEN =
            new Sql("note agent as seen", "UPDATE agent SET seen_at = ? WHERE id = ?");

    private static final Sql SESSION =
            new Sql(
                    "find session",
                    """
                    SELECT agent, master, session_epoch, boot_id, version, host, system, address,
                        slots, connected_at
                    FROM agent_session WHERE agent = ?\
                    """);

    private static final Sql PUT_SESSION =
            new Sql(
                    "put session",
                    """
                    INSERT INTO agent_session (agent, master, session_epoch, boot_id, version, host,
                        system, address, slots, connected_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (agent) DO UPDATE
                    SET master = excluded.master, session_epoch = excluded.session_epoch,
                        boot_id = excluded.boot_id, version = excluded.version,
                        host = excluded.host, system = excluded.system,
                        address = excluded.address, slots = excluded.slots,
                        connected_at = excluded.connected_at\
                    """);

    private static List<String> tags(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static MasterRow masterRow(Row row) throws SQLException {
        return new MasterRow(row.text(1), row.number(2), row.text(3), row.instant(4));
    }

    private static TokenRow tokenRow(Row row) throws SQLException {
        return new TokenRow(
                row.text(1),
                row.text(2),
                row.bytes(3),
                tags(row.text(4)),
                row.text(5),
                row.count(6),
                row.count(7),
                row.text(8),
                row.instant(9),
                row.instant(10),
                row.flag(11));
    }

    private static AgentRow agentRow(Row row) throws SQLException {
        return new AgentRow(
                row.text(1),
                row.text(2),
                row.text(3),
                tags(row.text(4)),
                row.text(5),
                row.count(6),
                row.bytes(7),
                row.text(8),
                row.instant(9),
                row.instant(10),
                row.instant(11),
                standing(row.flag(12), row.flag(13), row.flag(14)));
    }

    private static AgentStanding standing(boolean revoked, boolean draining, boolean removed) {
        if (removed) {
            return AgentStanding.REMOVED;
        }
        if (revoked) {
            return AgentStanding.REVOKED;
        }
        return draining ? AgentStanding.DRAINING : AgentStanding.WORKING;
    }

    private static SessionRow sessionRow(Row row) throws SQLException {
        return new SessionRow(
                row.text(1),
                row.text(2),
                row.number(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.text(7),
                row.text(8),
                row.count(9),
                row.instant(10));
    }

    @Override
    public Optional<MasterRow> master(String id) {
        return carrying(() -> session.find(MASTER, ClusterRows::masterRow, id));
    }

    @Override
    public List<MasterRow> masters() {
        return carrying(() -> session.list(MASTERS, ClusterRows::masterRow));
    }

    @Override
    public void putMaster(MasterRow row) {
        int _ =
                carrying(() ->
                        session.update(
                                PUT_MASTER, row.id(), row.incarnation(), row.url(), row.expires()));
    }

    @Override
    public List<ShardRow> shards() {
        return carrying(() ->
                session.list(
                        ALL_SHARDS, row -> new ShardRow(row.count(1), row.text(2), row.number(3))));
    }

    @Override
    public void takeShards(String master) {
        for (int id = 0; id < SHARDS; id++) {
            int shard = id;
            int _ = carrying(() -> session.update(TAKE_SHARD, shard, master));
        }
    }

    @Override
    public List<TokenRow> tokens() {
        return carrying(() -> session.list(TOKENS, ClusterRows::tokenRow));
    }

    @Override
    public Optional<TokenRow> token(String id) {
        return carrying(() -> session.find(TOKEN, ClusterRows::tokenRow, id));
    }

    @Override
    public void putToken(TokenRow row) {
        int _ =
                carrying(() ->
                        session.update(
                                PUT_TOKEN,
                                row.id(),
                                row.namespace(),
                                row.secretHash(),
                                String.join(",", row.tags()),
                                row.region(),
                                row.uses(),
                                row.used(),
                                row.madeBy(),
                                row.madeAt(),
                                row.expiresAt(),
                                row.revoked()));
    }

    @Override
    public List<AgentRow> agents() {
        return carrying(() -> session.list(AGENTS, ClusterRows::agentRow));
    }

    @Override
    public Optional<AgentRow> agent(String id) {
        return carrying(() -> session.find(AGENT, ClusterRows::agentRow, id));
    }

    @Override
    public Optional<AgentRow> agentNamed(String namespace, String name) {
        return carrying(() -> session.find(AGENT_NAMED, ClusterRows::agentRow, namespace, name));
    }

    @Override
    public Optional<AgentRow> agentOfKey(byte[] keyHash) {
        return carrying(() -> session.find(AGENT_OF_KEY, ClusterRows::agentRow, keyHash));
    }

    @Override
    public void putAgent(AgentRow row) {
        int _ =
                carrying(() ->
                        session.update(
                                PUT_AGENT,
                                row.id(),
                                row.namespace(),
                                row.name(),
                                String.join(",", row.tags()),
                                row.region(),
                                row.slots(),
                                row.keyHash(),
                                row.token(),
                                row.joinedAt(),
                                row.certificateUntil(),
                                row.seenAt(),
                                row.revoked(),
                                row.standing() == AgentStanding.DRAINING,
                                row.standing() == AgentStanding.REMOVED));
    }

    @Override
    public void seen(String agent, Instant at) {
        int _ = carrying(() -> session.update(SEEN, at, agent));
    }

    @Override
    public Optional<SessionRow> session(String agent) {
        return carrying(() -> session.find(SESSION, ClusterRows::sessionRow, agent));
    }

    @Override
    public void putSession(SessionRow row) {
        int _ =
                carrying(() ->
                        session.update(
                                PUT_SESSION,
                                row.agent(),
                                row.master(),
                                row.epoch(),
                                row.boot(),
                                row.version(),
                                row.host(),
                                row.system(),
                                row.address(),
                                row.slots(),
                                row.connectedAt()));
    }

    @Override
    public List<AccessRow> access() {
        return new PeopleRows(session).access();
    }

    @Override
    public Optional<AccessRow> accessNamed(String name) {
        return new PeopleRows(session).named(name);
    }

    @Override
    public Optional<AccessRow> accessOfKey(byte[] keyHash) {
        return new PeopleRows(session).ofKey(keyHash);
    }

    @Override
    public void putAccess(AccessRow row) {
        new PeopleRows(session).put(row);
    }

    @Override
    public void append(AuditRow row) {
        new PeopleRows(session).append(row);
    }

    @Override
    public List<AuditRow> audit(AuditQuery query) {
        return new PeopleRows(session).audit(query);
    }

    @Override
    public List<OrderRow> orders() {
        return new OrderRows(session).all();
    }

    @Override
    public List<OrderRow> ordersOf(String run) {
        return new OrderRows(session).of(run);
    }

    @Override
    public void putOrder(OrderRow row) {
        new OrderRows(session).put(row);
    }

    @Override
    public void removeOrder(String id) {
        new OrderRows(session).remove(id);
    }
}
