package dev.sloth.store.sql;

import static dev.sloth.store.sql.SqlState.carrying;

import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateItem;
import dev.sloth.core.store.state.StateLock;
import dev.sloth.core.store.state.StateMemory;
import dev.sloth.core.store.state.StateUsage;
import dev.sloth.core.store.state.StateView;
import dev.sloth.core.store.state.StateWaiter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Looks at the tables of shared state.
sealed class SqlStateView implements StateView permits SqlStateEdit {
    private static final Sql ENTRY =
            new Sql(
                    "find entry",
                    """
                    SELECT number, space, name, kind, value, items, bytes, front, expires_at, changed_at
                    FROM entries
                    WHERE space = ? AND name = ?\
                    """);

    private static final Sql OUTLINES =
            new Sql(
                    "list entries",
                    """
                    SELECT number, space, name, kind, items, bytes, front, expires_at, changed_at
                    FROM entries
                    WHERE space = ? AND name >= ?
                    ORDER BY name
                    LIMIT ?\
                    """);

    private static final Sql EXPIRED =
            new Sql(
                    "list expired entries",
                    """
                    SELECT number, space, name, kind, value, items, bytes, front, expires_at, changed_at
                    FROM entries
                    WHERE expires_at <= ? AND expires_at < 9223372036854775807
                    ORDER BY expires_at, number
                    LIMIT ?\
                    """);

    /// The plus sign keeps it to the index over times: what has expired is little, what one
    /// namespace holds is not.
    private static final Sql EXPIRED_OF_ONE =
            new Sql(
                    "list expired entries of one",
                    """
                    SELECT number, space, name, kind, value, items, bytes, front, expires_at, changed_at
                    FROM entries
                    WHERE expires_at <= ? AND expires_at < 9223372036854775807 AND +space = ?
                    ORDER BY expires_at, number
                    LIMIT ?\
                    """);

    private static final Sql ITEM =
            new Sql("find item", "SELECT value FROM items WHERE entry = ? AND place = ?");

    private static final Sql ITEMS =
            new Sql(
                    "list items",
                    """
                    SELECT place, value
                    FROM items
                    WHERE entry = ? AND place >= ?
                    ORDER BY place
                    LIMIT ?\
                    """);

    private static final Sql USAGE =
            new Sql(
                    "find usage",
                    "SELECT keys, bytes, expired, changed_at FROM usages WHERE space = ?");

    private static final Sql MEMORY =
            new Sql(
                    "find memory",
                    """
                    SELECT COALESCE((SELECT MAX(number) FROM facts), forgotten), forgotten,
                        forgotten_before, token
                    FROM memory\
                    """);

    private static final Sql CHANGES =
            new Sql(
                    "list changes",
                    """
                    SELECT number, space, name, kind, place, old, now, expiry, expired, at, causes
                    FROM facts
                    WHERE number > ? AND space = ?
                    ORDER BY number
                    LIMIT ?\
                    """);

    private static final Sql CHANGES_BEFORE =
            new Sql(
                    "list changes before",
                    """
                    SELECT number, space, name, kind, place, old, now, expiry, expired, at, causes
                    FROM facts
                    WHERE number < ? AND space = ?
                    ORDER BY number DESC
                    LIMIT ?\
                    """);

    private static final Sql OLDEST =
            new Sql(
                    "find oldest change",
                    """
                    SELECT number, space, name, kind, place, old, now, expiry, expired, at, causes
                    FROM facts
                    ORDER BY number
                    LIMIT 1\
                    """);

    private static final Sql CHANGES_SINCE =
            new Sql(
                    "list changes of key",
                    """
                    SELECT number, space, name, kind, place, old, now, expiry, expired, at, causes
                    FROM facts
                    WHERE space = ? AND name = ? AND at > ?
                    ORDER BY number DESC
                    LIMIT ?\
                    """);

    private static final Sql LOCK =
            new Sql(
                    "find lock",
                    """
                    SELECT space, name, holder, token, since, until
                    FROM locks
                    WHERE space = ? AND name = ?\
                    """);

    private static final Sql LOCKS =
            new Sql(
                    "list locks",
                    """
                    SELECT space, name, holder, token, since, until
                    FROM locks
                    WHERE space = ? AND name >= ?
                    ORDER BY name
                    LIMIT ?\
                    """);

    private static final Sql LOCK_OF =
            new Sql(
                    "find lock of token",
                    """
                    SELECT space, name, holder, token, since, until
                    FROM locks
                    WHERE space = ? AND token = ?\
                    """);

    private static final Sql ENDED =
            new Sql(
                    "list ended locks",
                    """
                    SELECT space, name, holder, token, since, until
                    FROM locks
                    WHERE until <= ?
                    LIMIT ?\
                    """);

    private static final Sql LOST =
            new Sql(
                    "list lost waiters",
                    """
                    SELECT number, space, name, holder, since, until
                    FROM waiters
                    WHERE until <= ?
                    ORDER BY number
                    LIMIT ?\
                    """);

    private static final Sql WAITERS =
            new Sql(
                    "list waiters",
                    """
                    SELECT number, space, name, holder, since, until
                    FROM waiters
                    WHERE space = ? AND name = ?
                    ORDER BY number\
                    """);

    final Session session;

    SqlStateView(Session session) {
        this.session = session;
    }

    @Override
    public final Optional<StateEntry> entry(String space, String key) {
        return carrying(() -> session.find(ENTRY, SqlStateView::entry, space, key));
    }

    @Override
    public final List<StateEntry> outlines(String space, String from, int limit) {
        return carrying(() -> session.list(OUTLINES, SqlStateView::outline, space, from, limit));
    }

    private static StateEntry outline(Row row) throws SQLException {
        return new StateEntry(
                row.number(1),
                row.text(2),
                row.text(3),
                StateEntry.Kind.valueOf(row.text(4)),
                new byte[0],
                row.number(5),
                row.number(6),
                row.number(7),
                row.instant(8),
                row.instant(9));
    }

    @Override
    public final List<StateEntry> expired(Instant until, int limit) {
        return carrying(() -> session.list(EXPIRED, SqlStateView::entry, until, limit));
    }

    @Override
    public final List<StateEntry> expired(String space, Instant until, int limit) {
        return carrying(
                () -> session.list(EXPIRED_OF_ONE, SqlStateView::entry, until, space, limit));
    }

    private static StateEntry entry(Row row) throws SQLException {
        return new StateEntry(
                row.number(1),
                row.text(2),
                row.text(3),
                StateEntry.Kind.valueOf(row.text(4)),
                row.bytes(5),
                row.number(6),
                row.number(7),
                row.number(8),
                row.instant(9),
                row.instant(10));
    }

    @Override
    public final Optional<byte[]> item(StateEntry entry, byte[] place) {
        return carrying(() -> session.find(ITEM, row -> row.bytes(1), entry.number(), place));
    }

    @Override
    public final List<StateItem> items(StateEntry entry, byte[] from, int limit) {
        return carrying(() ->
                session.list(
                        ITEMS,
                        row -> new StateItem(row.bytes(1), row.bytes(2)),
                        entry.number(),
                        from,
                        limit));
    }

    @Override
    public final StateUsage usage(String space) {
        return carrying(() -> session.find(USAGE, SqlStateView::usage, space))
                .orElse(StateUsage.NOTHING);
    }

    private static StateUsage usage(Row row) throws SQLException {
        return new StateUsage(row.number(1), row.number(2), row.number(3), row.instant(4));
    }

    @Override
    public final StateMemory memory() {
        return carrying(() ->
                session.find(
                                MEMORY,
                                row ->
                                        new StateMemory(
                                                row.number(1),
                                                row.number(2),
                                                row.instant(3),
                                                row.number(4)))
                        .orElseThrow());
    }

    @Override
    public final List<StateFact> changes(String space, long after, int limit) {
        return carrying(() -> session.list(CHANGES, SqlStateView::fact, after, space, limit));
    }

    @Override
    public final List<StateFact> changesBefore(String space, long before, int limit) {
        return carrying(
                () -> session.list(CHANGES_BEFORE, SqlStateView::fact, before, space, limit));
    }

    @Override
    public final Optional<StateFact> oldest() {
        return carrying(() -> session.find(OLDEST, SqlStateView::fact));
    }

    @Override
    public final List<StateFact> changesSince(String space, String key, Instant since, int limit) {
        return carrying(
                () -> session.list(CHANGES_SINCE, SqlStateView::fact, space, key, since, limit));
    }

    private static StateFact fact(Row row) throws SQLException {
        return new StateFact(
                row.number(1),
                row.text(2),
                row.text(3),
                StateEntry.Kind.valueOf(row.text(4)),
                row.bytes(5),
                row.bytes(6),
                row.bytes(7),
                row.instant(8),
                row.flag(9),
                row.instant(10),
                row.text(11));
    }

    @Override
    public final Optional<StateLock> lock(String space, String name) {
        return carrying(() -> session.find(LOCK, SqlStateView::lock, space, name));
    }

    @Override
    public final List<StateLock> locks(String space, String from, int limit) {
        return carrying(() -> session.list(LOCKS, SqlStateView::lock, space, from, limit));
    }

    @Override
    public final Optional<StateLock> lockOf(String space, long token) {
        return carrying(() -> session.find(LOCK_OF, SqlStateView::lock, space, token));
    }

    private static StateLock lock(Row row) throws SQLException {
        return new StateLock(
                row.text(1),
                row.text(2),
                row.text(3),
                row.number(4),
                row.instant(5),
                row.instant(6));
    }

    @Override
    public final List<StateLock> ended(Instant until, int limit) {
        return carrying(() -> session.list(ENDED, SqlStateView::lock, until, limit));
    }

    @Override
    public final List<StateWaiter> lost(Instant until, int limit) {
        return carrying(() -> session.list(LOST, SqlStateView::waiter, until, limit));
    }

    @Override
    public final List<StateWaiter> waiters(String space, String name) {
        return carrying(() -> session.list(WAITERS, SqlStateView::waiter, space, name));
    }

    private static StateWaiter waiter(Row row) throws SQLException {
        return new StateWaiter(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.instant(5),
                row.instant(6));
    }
}
