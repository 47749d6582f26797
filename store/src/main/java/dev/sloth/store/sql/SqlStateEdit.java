package dev.sloth.store.sql;

import static dev.sloth.store.sql.SqlState.carrying;

import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateItem;
import dev.sloth.core.store.state.StateLock;
import dev.sloth.core.store.state.StateUsage;
import dev.sloth.core.store.state.StateWaiter;
import java.time.Instant;

/// Changes the tables of shared state.
final class SqlStateEdit extends SqlStateView implements StateEdit {
    private static final Sql ADD =
            new Sql(
                    "add entry",
                    """
                    INSERT INTO entries
                        (space, name, kind, value, items, bytes, front, expires_at, changed_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    RETURNING number\
                    """);

    private static final Sql REPLACE =
            new Sql(
                    "replace entry",
                    """
                    UPDATE entries
                    SET kind = ?, value = ?, items = ?, bytes = ?, front = ?, expires_at = ?,
                        changed_at = ?
                    WHERE number = ?\
                    """);

    private static final Sql REMOVE =
            new Sql("remove entry", "DELETE FROM entries WHERE number = ?");

    private static final Sql PUT_ITEM =
            new Sql(
                    "put item",
                    """
                    INSERT INTO items (entry, place, value) VALUES (?, ?, ?)
                    ON CONFLICT (entry, place) DO UPDATE SET value = excluded.value\
                    """);

    private static final Sql REMOVE_ITEM =
            new Sql("remove item", "DELETE FROM items WHERE entry = ? AND place = ?");

    private static final Sql USE =
            new Sql(
                    "put usage",
                    """
                    INSERT INTO usages (space, keys, bytes, expired, changed_at)
                    VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (space) DO UPDATE
                    SET keys = excluded.keys, bytes = excluded.bytes, expired = excluded.expired,
                        changed_at = excluded.changed_at\
                    """);

    private static final Sql RECORD =
            new Sql(
                    "record change",
                    """
                    INSERT INTO facts (space, name, kind, place, old, now, expiry, expired, at, causes)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """);

    private static final Sql LAST_BEFORE =
            new Sql(
                    "find changes to forget",
                    """
                    SELECT COALESCE(MAX(number), 0)
                    FROM (SELECT number, at FROM facts ORDER BY number LIMIT ?) f
                    WHERE at < ?\
                    """);

    /// A clock may have been set back meanwhile.
    private static final Sql LATEST =
            new Sql(
                    "find latest change to forget",
                    "SELECT COALESCE(MAX(at), 0) FROM facts WHERE number <= ?");

    private static final Sql FORGET =
            new Sql("forget changes", "DELETE FROM facts WHERE number <= ?");

    private static final Sql FORGOTTEN =
            new Sql(
                    "note forgotten changes",
                    """
                    UPDATE memory
                    SET forgotten = ?,
                        forgotten_before = CASE
                            WHEN forgotten_before < ? THEN ? ELSE forgotten_before END\
                    """);

    private static final Sql NEXT_TOKEN =
            new Sql("take token", "UPDATE memory SET token = token + 1 RETURNING token");

    private static final Sql PUT_LOCK =
            new Sql(
                    "put lock",
                    """
                    INSERT INTO locks (space, name, holder, token, since, until)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (space, name) DO UPDATE
                    SET holder = excluded.holder, token = excluded.token, since = excluded.since,
                        until = excluded.until\
                    """);

    private static final Sql REMOVE_LOCK =
            new Sql("remove lock", "DELETE FROM locks WHERE space = ? AND name = ?");

    private static final Sql ENQUEUE =
            new Sql(
                    "add waiter",
                    """
                    INSERT INTO waiters (space, name, holder, since, until)
                    VALUES (?, ?, ?, ?, ?)
                    RETURNING number\
                    """);

    private static final Sql WAIT =
            new Sql("keep waiter", "UPDATE waiters SET until = ? WHERE number = ?");

    private static final Sql DEQUEUE =
            new Sql("remove waiter", "DELETE FROM waiters WHERE number = ?");

    SqlStateEdit(Session session) {
        super(session);
    }

    private int update(Sql sql, Object... values) {
        return carrying(() -> session.update(sql, values));
    }

    private long number(Sql sql, Object... values) {
        return carrying(() -> session.number(sql, values));
    }

    @Override
    public StateEntry add(StateEntry entry) {
        long number =
                number(
                        ADD,
                        entry.space(),
                        entry.key(),
                        entry.kind().name(),
                        entry.value(),
                        entry.items(),
                        entry.bytes(),
                        entry.front(),
                        entry.expiresAt(),
                        entry.changedAt());
        return entry.numbered(number);
    }

    @Override
    public void replace(StateEntry entry) {
        expectOne(
                entry,
                update(
                        REPLACE,
                        entry.kind().name(),
                        entry.value(),
                        entry.items(),
                        entry.bytes(),
                        entry.front(),
                        entry.expiresAt(),
                        entry.changedAt(),
                        entry.number()));
    }

    @Override
    public void remove(StateEntry entry) {
        expectOne(entry, update(REMOVE, entry.number()));
    }

    private static void expectOne(StateEntry entry, int rows) {
        if (rows != 1) {
            throw new IllegalStateException("entry '%s' is gone".formatted(entry.key()));
        }
    }

    @Override
    public void putItem(StateEntry entry, StateItem item) {
        update(PUT_ITEM, entry.number(), item.place(), item.value());
    }

    @Override
    public void removeItem(StateEntry entry, byte[] place) {
        update(REMOVE_ITEM, entry.number(), place);
    }

    @Override
    public void use(String space, StateUsage usage) {
        update(USE, space, usage.keys(), usage.bytes(), usage.expired(), usage.changedAt());
    }

    @Override
    public void record(StateFact fact) {
        update(
                RECORD,
                fact.space(),
                fact.key(),
                fact.kind().name(),
                fact.place(),
                fact.old(),
                fact.now(),
                fact.expiry(),
                fact.expired(),
                fact.at(),
                fact.causes());
    }

    @Override
    public int forget(Instant before, int limit) {
        long last = number(LAST_BEFORE, limit, before);
        if (last == 0) {
            return 0;
        }
        var remembered = Moments.instant(number(LATEST, last)).plusNanos(1);
        update(FORGOTTEN, last, remembered, remembered);
        return update(FORGET, last);
    }

    @Override
    public long token() {
        return number(NEXT_TOKEN);
    }

    @Override
    public void putLock(StateLock lock) {
        update(
                PUT_LOCK,
                lock.space(),
                lock.name(),
                lock.holder(),
                lock.token(),
                lock.since(),
                lock.until());
    }

    @Override
    public void removeLock(StateLock lock) {
        update(REMOVE_LOCK, lock.space(), lock.name());
    }

    @Override
    public long enqueue(StateWaiter waiter) {
        return number(
                ENQUEUE,
                waiter.space(),
                waiter.name(),
                waiter.holder(),
                waiter.since(),
                waiter.until());
    }

    @Override
    public void wait(long waiter, Instant until) {
        update(WAIT, until, waiter);
    }

    @Override
    public void dequeue(long waiter) {
        update(DEQUEUE, waiter);
    }
}
