package dev.sloth.store.sql;

import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleStore;
import dev.sloth.core.store.ScheduleTurn;
import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Schedules in a table, and their fires in another.
public final class SqlSchedules implements ScheduleStore {
    private static final Sql COUNT = new Sql("count schedules", "SELECT COUNT(*) FROM schedules");

    private static final Sql ADD =
            new Sql(
                    "add schedule",
                    """
                    INSERT INTO schedules (
                        name, definition, added_by, added_at, considered, paused, resumed_at, turn)
                    VALUES (?, ?, ?, ?, ?, 0, ?, ?)
                    ON CONFLICT (name) DO NOTHING\
                    """);

    private static final Sql FIND =
            new Sql(
                    "find schedule",
                    """
                    SELECT number, name, definition, added_by, added_at, considered, paused,
                        resumed_at, turn
                    FROM schedules
                    WHERE name = ?\
                    """);

    private static final Sql LIST =
            new Sql(
                    "list schedules",
                    """
                    SELECT number, name, definition, added_by, added_at, considered, paused,
                        resumed_at, turn
                    FROM schedules
                    ORDER BY name\
                    """);

    private static final Sql CHANGE =
            new Sql(
                    "change schedule",
                    """
                    UPDATE schedules
                    SET definition = ?, considered = ?, paused = ?, resumed_at = ?, turn = turn + 1
                    WHERE number = ? AND turn = ?\
                    """);

    private static final Sql TURN =
            new Sql(
                    "turn schedule",
                    """
                    UPDATE schedules
                    SET considered = ?, turn = turn + 1
                    WHERE number = ? AND turn = ?\
                    """);

    private static final Sql REMOVE =
            new Sql("remove schedule", "DELETE FROM schedules WHERE name = ?");

    private final Transactions transactions;

    public SqlSchedules(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public ScheduleRow add(String name, String definition, String by, Instant at) {
        return transactions.write(s -> {
            if (s.number(COUNT) >= SCHEDULES_MAX) {
                throw new StoreFailure(
                        StoreFailure.Reason.FULL,
                        "there are %d schedules already, which is the most there may be"
                                .formatted(SCHEDULES_MAX));
            }
            int added =
                    s.update(
                            ADD, name, definition, by, at, at, Instant.MIN, ScheduleRow.FIRST_TURN);
            if (added != 1) {
                throw new StoreFailure(
                        StoreFailure.Reason.TAKEN, "there is a schedule '" + name + "' already");
            }
            return s.find(FIND, SqlSchedules::row, name).orElseThrow();
        });
    }

    private static ScheduleRow row(Row row) throws SQLException {
        return new ScheduleRow(
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.instant(5),
                row.instant(6),
                row.flag(7),
                row.instant(8),
                row.number(9));
    }

    @Override
    public Optional<ScheduleRow> find(String name) {
        return transactions.read(s -> s.find(FIND, SqlSchedules::row, name));
    }

    @Override
    public List<ScheduleRow> list() {
        return transactions.read(s -> s.list(LIST, SqlSchedules::row));
    }

    @Override
    public boolean change(ScheduleRow seen, ScheduleRow next) {
        return transactions.write(s ->
                s.update(
                                CHANGE,
                                next.definition(),
                                next.considered(),
                                next.paused(),
                                next.resumedAt(),
                                seen.number(),
                                seen.turn())
                        == 1);
    }

    @Override
    public boolean remove(String name) {
        return transactions.remove(s -> s.update(REMOVE, name) == 1);
    }

    /// Thrown to have nothing of a turn happen.
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super(null, null, false, false);
        }
    }

    @Override
    public boolean turn(ScheduleRow seen, ScheduleTurn turn) {
        try {
            return transactions.write(s -> {
                int rows = s.update(TURN, turn.considered(), seen.number(), seen.turn());
                if (rows != 1 || !Fires.write(s, seen.number(), turn)) {
                    throw new Overtaken();
                }
                return true;
            });
        } catch (Overtaken _) {
            return false;
        }
    }

    @Override
    public List<FireRow> open() {
        return transactions.read(Fires::open);
    }

    @Override
    public List<FireRow> fires(long schedule, int limit) {
        return transactions.read(s -> Fires.of(s, schedule, limit));
    }

    @Override
    public Optional<FireClaim> take(FireRow seen, Owner by, Instant until) {
        boolean taken = transactions.write(s -> Fires.take(s, seen, by.text(), until));
        return taken
                ? Optional.of(new FireClaim(seen.number(), seen.epoch() + 1))
                : Optional.empty();
    }

    @Override
    public void fail(FireClaim claim, String why) {
        transactions.write(s -> {
            Fires.fail(s, claim, why);
            return true;
        });
    }
}
