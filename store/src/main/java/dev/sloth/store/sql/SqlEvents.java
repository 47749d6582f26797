package dev.sloth.store.sql;

import dev.sloth.core.store.event.EventRow;
import dev.sloth.core.store.event.EventStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Facts that were told, in a table.
public final class SqlEvents implements EventStore {
    private static final Sql ADD =
            new Sql(
                    "add event",
                    """
                    INSERT INTO events (space, type, subject, source, at, causes, data)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    RETURNING number\
                    """);

    private static final Sql BEHIND =
            new Sql(
                    "list events behind",
                    """
                    SELECT number, space, type, subject, source, at, causes, data
                    FROM events
                    WHERE space = ? AND number > ?
                    ORDER BY number
                    LIMIT ?\
                    """);

    private static final Sql BEFORE =
            new Sql(
                    "list events before",
                    """
                    SELECT number, space, type, subject, source, at, causes, data
                    FROM events
                    WHERE space = ? AND number < ?
                    ORDER BY number DESC
                    LIMIT ?\
                    """);

    private static final Sql LAST =
            new Sql(
                    "find last event",
                    "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0)");

    private static final Sql FORGET =
            new Sql(
                    "forget events",
                    """
                    DELETE FROM events
                    WHERE number IN (
                        SELECT number
                        FROM (SELECT number, at FROM events ORDER BY number LIMIT ?) e
                        WHERE at < ?
                           OR number <= (
                               SELECT number FROM events ORDER BY number DESC LIMIT 1 OFFSET ?))\
                    """);

    private final Transactions transactions;
    private final Function<Runnable, Listening> listeners;

    /// @param listeners takes in who wants to know of commits
    public SqlEvents(Transactions transactions, Function<Runnable, Listening> listeners) {
        this.transactions = transactions;
        this.listeners = listeners;
    }

    @Override
    public long add(EventRow event) {
        return transactions.write(s -> add(s, event));
    }

    @Override
    public void addAll(List<EventRow> events) {
        long _ =
                transactions.write(s -> {
                    long last = 0;
                    for (var event : events) {
                        last = add(s, event);
                    }
                    return last;
                });
    }

    private static long add(Session s, EventRow event) throws SQLException {
        return s.number(
                ADD,
                event.space(),
                event.type(),
                event.subject(),
                event.source(),
                event.at(),
                event.causes(),
                event.data());
    }

    @Override
    public List<EventRow> behind(String space, long number, int limit) {
        return transactions.read(s -> s.list(BEHIND, SqlEvents::event, space, number, limit));
    }

    @Override
    public List<EventRow> before(String space, long number, int limit) {
        return transactions.read(s -> s.list(BEFORE, SqlEvents::event, space, number, limit));
    }

    private static EventRow event(Row row) throws SQLException {
        return new EventRow(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.instant(6),
                row.text(7),
                row.bytes(8));
    }

    @Override
    public long last() {
        return transactions.read(s -> s.number(LAST));
    }

    @Override
    public int forget(Instant before, long keep, int limit) {
        return transactions.remove(s -> s.update(FORGET, limit, before, keep));
    }

    @Override
    public Listening listen(Runnable told) {
        return listeners.apply(told);
    }
}
