package dev.sloth.store.sql;

import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.event.HookStore;
import dev.sloth.core.store.event.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hooks in a table, with how far each has read.
public final class SqlHooks implements HookStore {
    private static final Sql ADD =
            new Sql(
                    "add hook",
                    """
                    INSERT INTO hooks (
                        space, name, file, types, condition, description, enabled, timeout,
                        attempts, added_at, runs, state, told)
                    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13
                    WHERE (SELECT COUNT(*) FROM hooks WHERE space = ?1) < ?14
                    ON CONFLICT (space, name) DO NOTHING\
                    """);

    private static final Sql REMOVE =
            new Sql("remove hook", "DELETE FROM hooks WHERE space = ? AND name = ?");

    private static final Sql FIND =
            new Sql(
                    "find hook",
                    """
                    SELECT number, space, name, file, types, condition, description, enabled,
                        timeout, attempts, added_at, runs, state, told
                    FROM hooks
                    WHERE space = ? AND name = ?\
                    """);

    private static final Sql LIST =
            new Sql(
                    "list hooks",
                    """
                    SELECT number, space, name, file, types, condition, description, enabled,
                        timeout, attempts, added_at, runs, state, told
                    FROM hooks
                    WHERE space = ?
                    ORDER BY name\
                    """);

    private static final Sql ENABLE =
            new Sql(
                    "enable hook",
                    """
                    UPDATE hooks
                    SET enabled = ?, runs = ?, state = ?, told = ?
                    WHERE space = ? AND name = ?\
                    """);

    private static final Sql WAKE =
            new Sql(
                    "wake hook",
                    """
                    UPDATE hooks
                    SET runs = ?, state = ?, told = ?
                    WHERE number = ? AND enabled = 0\
                    """);

    private static final Sql CHANGE =
            new Sql(
                    "change hook",
                    """
                    UPDATE hooks
                    SET file = ?, types = ?, condition = ?, description = ?, enabled = ?,
                        timeout = ?, attempts = ?
                    WHERE number = ?\
                    """);

    private static final Sql ADVANCE =
            new Sql(
                    "advance hook",
                    """
                    UPDATE hooks
                    SET runs = ?, state = ?, told = ?
                    WHERE number = ? AND enabled = 1 AND runs = ? AND state = ? AND told = ?\
                    """);

    private final Transactions transactions;
    private final SqlDeliveries deliveries;

    public SqlHooks(Transactions transactions) {
        this.transactions = transactions;
        this.deliveries = new SqlDeliveries(transactions);
    }

    @Override
    public Added add(HookRow hook, int limit) {
        return transactions.write(s -> {
            int added =
                    s.update(
                            ADD,
                            hook.space(),
                            hook.name(),
                            hook.file(),
                            String.join("\n", hook.types()),
                            hook.condition(),
                            hook.description(),
                            hook.enabled(),
                            hook.timeout().toMillis(),
                            hook.attempts(),
                            hook.addedAt(),
                            hook.position().runs(),
                            hook.position().state(),
                            hook.position().told(),
                            limit);
            if (added == 1) {
                return Added.ADDED;
            }
            var there = s.find(FIND, SqlHooks::hook, hook.space(), hook.name());
            return there.isPresent() ? Added.TAKEN : Added.FULL;
        });
    }

    @Override
    public boolean remove(String space, String name) {
        return transactions.remove(s -> s.update(REMOVE, space, name) == 1);
    }

    @Override
    public Optional<HookRow> find(String space, String name) {
        return transactions.read(s -> s.find(FIND, SqlHooks::hook, space, name));
    }

    @Override
    public List<HookRow> list(String space) {
        return transactions.read(s -> s.list(LIST, SqlHooks::hook, space));
    }

    private static HookRow hook(Row row) throws SQLException {
        return new HookRow(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5).lines().toList(),
                row.text(6),
                row.text(7),
                row.flag(8),
                Duration.ofMillis(row.number(9)),
                row.count(10),
                row.instant(11),
                new Position(row.number(12), row.number(13), row.number(14)));
    }

    @Override
    public boolean change(HookRow hook) {
        var at = hook.position();
        return transactions.write(s -> {
            if (hook.enabled()) {
                int _ = s.update(WAKE, at.runs(), at.state(), at.told(), hook.number());
            }
            return s.update(
                            CHANGE,
                            hook.file(),
                            String.join("\n", hook.types()),
                            hook.condition(),
                            hook.description(),
                            hook.enabled(),
                            hook.timeout().toMillis(),
                            hook.attempts(),
                            hook.number())
                    == 1;
        });
    }

    @Override
    public boolean enable(String space, String name, boolean on, Position position) {
        return transactions.write(s ->
                s.update(
                                ENABLE,
                                on,
                                position.runs(),
                                position.state(),
                                position.told(),
                                space,
                                name)
                        == 1);
    }

    @Override
    public boolean advance(HookRow hook, Position next, List<DeliveryRow> owed) {
        return transactions.write(s -> {
            var from = hook.position();
            int advanced =
                    s.update(
                            ADVANCE,
                            next.runs(),
                            next.state(),
                            next.told(),
                            hook.number(),
                            from.runs(),
                            from.state(),
                            from.told());
            if (advanced == 1) {
                for (var delivery : owed) {
                    SqlDeliveries.add(s, delivery);
                }
            }
            return advanced == 1;
        });
    }

    @Override
    public List<DeliveryRow> take(long hook, String by, Instant now, Instant until, int limit) {
        return deliveries.take(hook, by, now, until, limit);
    }

    @Override
    public Instant nextDue(long hook) {
        return deliveries.nextDue(hook);
    }

    @Override
    public boolean tried(DeliveryRow after, String by) {
        return deliveries.tried(after, by);
    }

    @Override
    public void passOver(DeliveryRow delivery, String by) {
        deliveries.passOver(delivery, by);
    }

    @Override
    public Set<String> owners() {
        return deliveries.owners();
    }

    @Override
    public int release(String owner) {
        return deliveries.release(owner);
    }

    @Override
    public int count(long hook, DeliveryRow.State state) {
        return deliveries.count(hook, state);
    }

    @Override
    public List<DeliveryRow> deliveries(long hook, Set<DeliveryRow.State> states, int limit) {
        return deliveries.list(hook, states, limit);
    }

    @Override
    public List<Long> retry(String space, List<Long> numbers, Instant now) {
        return deliveries.retry(space, numbers, now);
    }

    @Override
    public List<Long> drop(String space, List<Long> numbers) {
        return deliveries.drop(space, numbers);
    }

    @Override
    public int sweep(long hook, int doneKept, int deadKept) {
        return deliveries.sweep(hook, doneKept, deadKept);
    }
}
