package dev.sloth.store.sql;

import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.DeliveryRow.State;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What hooks are to be told, in a table.
final class SqlDeliveries {
    private static final Sql ADD =
            new Sql(
                    "add delivery",
                    """
                    INSERT INTO deliveries (
                        hook, event, type, subject, source, at, causes, data, state, attempts, due,
                        owner, until, message, output)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """);

    private static final Sql DUE =
            new Sql(
                    "list due deliveries",
                    """
                    SELECT d.number, d.hook, d.event, d.type, d.subject, d.source, d.at, d.causes,
                        d.data, d.state, d.attempts, d.due, d.owner, d.until, d.message, d.output
                    FROM deliveries d JOIN hooks h ON h.number = d.hook
                    WHERE d.hook = ? AND d.state = 'PENDING' AND d.due <= ? AND d.until <= ?
                      AND h.enabled = 1
                      AND NOT EXISTS (
                          SELECT 1 FROM deliveries e
                          WHERE e.hook = d.hook AND e.subject = d.subject
                            AND e.number < d.number AND e.state = 'PENDING')
                    ORDER BY d.due, d.number
                    LIMIT ?\
                    """);

    private static final Sql TAKE =
            new Sql("take delivery", "UPDATE deliveries SET owner = ?, until = ? WHERE number = ?");

    private static final Sql NEXT_DUE =
            new Sql(
                    "find next delivery",
                    """
                    SELECT MAX(d.due, d.until)
                    FROM deliveries d JOIN hooks h ON h.number = d.hook
                    WHERE d.hook = ? AND d.state = 'PENDING' AND h.enabled = 1
                      AND NOT EXISTS (
                          SELECT 1 FROM deliveries e
                          WHERE e.hook = d.hook AND e.subject = d.subject
                            AND e.number < d.number AND e.state = 'PENDING')
                    ORDER BY 1
                    LIMIT 1\
                    """);

    private static final Sql TRIED =
            new Sql(
                    "keep try of delivery",
                    """
                    UPDATE deliveries
                    SET state = ?, attempts = ?, due = ?, owner = '', until = ?, message = ?,
                        output = ?
                    WHERE number = ? AND owner = ? AND state = 'PENDING'\
                    """);

    private static final Sql PASS_OVER =
            new Sql(
                    "pass over delivery",
                    "DELETE FROM deliveries WHERE number = ? AND owner = ? AND state = 'PENDING'");

    private static final Sql OWNERS =
            new Sql(
                    "list owners of deliveries",
                    "SELECT DISTINCT owner FROM deliveries WHERE state = 'PENDING' AND owner <> ''");

    private static final Sql RELEASE =
            new Sql(
                    "release deliveries",
                    """
                    UPDATE deliveries
                    SET owner = '', until = ?
                    WHERE owner = ? AND state = 'PENDING'\
                    """);

    private static final Sql COUNT =
            new Sql(
                    "count deliveries",
                    "SELECT COUNT(*) FROM deliveries WHERE hook = ? AND state = ?");

    private static final Sql LIST =
            new Sql(
                    "list deliveries",
                    """
                    SELECT number, hook, event, type, subject, source, at, causes, data, state,
                        attempts, due, owner, until, message, output
                    FROM deliveries
                    WHERE hook = ? AND state IN (?, ?, ?)
                    ORDER BY number DESC
                    LIMIT ?\
                    """);

    private static final Sql FIND_DEAD =
            new Sql(
                    "find dead delivery",
                    """
                    SELECT d.number
                    FROM deliveries d JOIN hooks h ON h.number = d.hook
                    WHERE d.number = ? AND d.state = 'DEAD' AND h.space = ?\
                    """);

    private static final Sql RETRY =
            new Sql(
                    "retry delivery",
                    """
                    UPDATE deliveries
                    SET state = 'PENDING', attempts = 0, due = ?
                    WHERE number = ? AND state = 'DEAD'\
                    """);

    private static final Sql DROP =
            new Sql("drop delivery", "DELETE FROM deliveries WHERE number = ? AND state = 'DEAD'");

    private static final Sql SWEEP =
            new Sql(
                    "sweep deliveries",
                    """
                    DELETE FROM deliveries
                    WHERE hook = ?1 AND state = ?2 AND number <= (
                        SELECT number FROM deliveries
                        WHERE hook = ?1 AND state = ?2
                        ORDER BY number DESC
                        LIMIT 1 OFFSET ?3)\
                    """);

    private final Transactions transactions;

    SqlDeliveries(Transactions transactions) {
        this.transactions = transactions;
    }

    static void add(Session session, DeliveryRow d) throws SQLException {
        session.update(
                ADD,
                d.hook(),
                d.event(),
                d.type(),
                d.subject(),
                d.source(),
                d.at(),
                d.causes(),
                d.data(),
                d.state().name(),
                d.attempts(),
                d.due(),
                d.owner(),
                d.until(),
                d.message(),
                d.output());
    }

    private static DeliveryRow delivery(Row row) throws SQLException {
        return new DeliveryRow(
                row.number(1),
                row.number(2),
                row.text(3),
                row.text(4),
                row.text(5),
                row.text(6),
                row.instant(7),
                row.text(8),
                row.bytes(9),
                State.valueOf(row.text(10)),
                row.count(11),
                row.instant(12),
                row.text(13),
                row.instant(14),
                row.text(15),
                row.text(16));
    }

    List<DeliveryRow> take(long hook, String by, Instant now, Instant until, int limit) {
        return transactions.write(s -> {
            var due = s.list(DUE, SqlDeliveries::delivery, hook, now, now, limit);
            for (var delivery : due) {
                s.update(TAKE, by, until, delivery.number());
            }
            return due.stream().map(delivery -> delivery.taken(by, until)).toList();
        });
    }

    Instant nextDue(long hook) {
        return transactions.read(
                s -> s.find(NEXT_DUE, row -> row.instant(1), hook).orElse(Instant.MAX));
    }

    boolean tried(DeliveryRow after, String by) {
        return transactions.write(s ->
                s.update(
                                TRIED,
                                after.state().name(),
                                after.attempts(),
                                after.due(),
                                Instant.MIN,
                                after.message(),
                                after.output(),
                                after.number(),
                                by)
                        == 1);
    }

    void passOver(DeliveryRow delivery, String by) {
        transactions.write(s -> s.update(PASS_OVER, delivery.number(), by));
    }

    Set<String> owners() {
        return new HashSet<>(transactions.read(s -> s.list(OWNERS, row -> row.text(1))));
    }

    int release(String owner) {
        return transactions.write(s -> s.update(RELEASE, Instant.MIN, owner));
    }

    int count(long hook, State state) {
        return (int) transactions.<Long>read(s -> s.number(COUNT, hook, state.name())).longValue();
    }

    List<DeliveryRow> list(long hook, Set<State> states, int limit) {
        return transactions.read(s ->
                s.list(
                        LIST,
                        SqlDeliveries::delivery,
                        hook,
                        wanted(states, State.PENDING),
                        wanted(states, State.DONE),
                        wanted(states, State.DEAD),
                        limit));
    }

    private static String wanted(Set<State> states, State state) {
        return states.contains(state) ? state.name() : "";
    }

    List<Long> retry(String space, List<Long> numbers, Instant now) {
        return transactions.write(s -> {
            var none = withoutDead(s, space, numbers);
            for (long number : none.isEmpty() ? numbers : List.<Long>of()) {
                s.update(RETRY, now, number);
            }
            return none;
        });
    }

    List<Long> drop(String space, List<Long> numbers) {
        return transactions.remove(s -> {
            var none = withoutDead(s, space, numbers);
            for (long number : none.isEmpty() ? numbers : List.<Long>of()) {
                s.update(DROP, number);
            }
            return none;
        });
    }

    private static List<Long> withoutDead(Session session, String space, List<Long> numbers)
            throws SQLException {
        var none = new ArrayList<Long>();
        for (long number : numbers) {
            if (session.find(FIND_DEAD, row -> row.number(1), number, space).isEmpty()) {
                none.add(number);
            }
        }
        return none;
    }

    int sweep(long hook, int doneKept, int deadKept) {
        return transactions.remove(s -> {
            s.update(SWEEP, hook, State.DONE.name(), doneKept);
            return s.update(SWEEP, hook, State.DEAD.name(), deadKept);
        });
    }
}
