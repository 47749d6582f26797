package dev.sloth.store.sql;

import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.ScheduleStore;
import dev.sloth.core.store.ScheduleTurn;
import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Rows of fires.
final class Fires {
    private static final Sql ADD =
            new Sql(
                    "add fire",
                    """
                    INSERT INTO fires (
                        schedule, at, last, count, status, open, why, decided_at,
                        owner, lease_until, epoch, run)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, 0, '')\
                    """);

    private static final Sql MOVE =
            new Sql(
                    "move fire",
                    """
                    UPDATE fires
                    SET status = ?, open = ?, why = ?
                    WHERE number = ? AND schedule = ? AND status = ? AND epoch = ?\
                    """);

    private static final Sql FORGET =
            new Sql(
                    "forget fires",
                    """
                    DELETE FROM fires
                    WHERE schedule = ? AND open = 0 AND number <= (
                        SELECT number
                        FROM fires
                        WHERE schedule = ? AND open = 0
                        ORDER BY number DESC
                        LIMIT 1 OFFSET ?)\
                    """);

    private static final Sql TAKE =
            new Sql(
                    "take fire",
                    """
                    UPDATE fires
                    SET owner = ?, lease_until = ?, epoch = epoch + 1
                    WHERE number = ? AND status = 'READY' AND epoch = ?\
                    """);

    private static final Sql START =
            new Sql(
                    "start fire",
                    """
                    UPDATE fires
                    SET status = 'STARTED', run = ?
                    WHERE number = ? AND status = 'READY' AND epoch = ?\
                    """);

    private static final Sql FAIL =
            new Sql(
                    "fail fire",
                    """
                    UPDATE fires
                    SET status = 'FAILED', open = 0, why = ?
                    WHERE number = ? AND status = 'READY' AND epoch = ?\
                    """);

    private static final Sql OPEN =
            new Sql(
                    "list open fires",
                    """
                    SELECT f.number, f.schedule, f.at, f.last, f.count, f.status, f.why,
                        f.decided_at, f.owner, f.lease_until, f.epoch, f.run,
                        COALESCE(r.status, ''), COALESCE(r.ended, 1)
                    FROM fires f LEFT JOIN runs r ON r.id = f.run
                    WHERE f.open = 1
                    ORDER BY f.number\
                    """);

    private static final Sql OF_SCHEDULE =
            new Sql(
                    "list fires",
                    """
                    SELECT f.number, f.schedule, f.at, f.last, f.count, f.status, f.why,
                        f.decided_at, f.owner, f.lease_until, f.epoch, f.run,
                        COALESCE(r.status, ''), COALESCE(r.ended, 1)
                    FROM fires f LEFT JOIN runs r ON r.id = f.run
                    WHERE f.schedule = ?
                    ORDER BY f.number DESC
                    LIMIT ?\
                    """);

    private Fires() {}

    static List<FireRow> open(Session session) throws SQLException {
        return session.list(OPEN, Fires::row);
    }

    static List<FireRow> of(Session session, long schedule, int limit) throws SQLException {
        return session.list(OF_SCHEDULE, Fires::row, schedule, limit);
    }

    private static FireRow row(Row row) throws SQLException {
        return new FireRow(
                row.number(1),
                row.number(2),
                row.instant(3),
                row.instant(4),
                row.number(5),
                FireStatus.valueOf(row.text(6)),
                row.text(7),
                row.instant(8),
                row.text(9),
                row.instant(10),
                row.number(11),
                row.text(12),
                row.text(13),
                row.flag(14));
    }

    /// False when one of the fires is not as it was.
    static boolean write(Session session, long schedule, ScheduleTurn turn) throws SQLException {
        for (var move : turn.moves()) {
            int rows =
                    session.update(
                            MOVE,
                            move.to().name(),
                            move.to().open(),
                            move.why(),
                            move.fire(),
                            schedule,
                            move.from().name(),
                            move.epoch());
            if (rows != 1) {
                return false;
            }
        }
        for (var fire : turn.fires()) {
            session.update(
                    ADD,
                    schedule,
                    fire.at(),
                    fire.last(),
                    fire.count(),
                    fire.status().name(),
                    fire.status().open(),
                    fire.why(),
                    turn.at(),
                    Instant.MIN);
        }
        session.update(FORGET, schedule, schedule, ScheduleStore.FIRES_KEPT);
        return true;
    }

    static boolean take(Session session, FireRow seen, String by, Instant until)
            throws SQLException {
        return session.update(TAKE, by, until, seen.number(), seen.epoch()) == 1;
    }

    /// A run that is caused by a fire is submitted once, by whoever has the fire.
    static void start(Session session, NewRun run) throws SQLException {
        switch (run.cause()) {
            case NewRun.Cause.Asked _ -> {}
            case NewRun.Cause.Fired(var claim) -> {
                if (session.update(START, run.id().text(), claim.fire(), claim.epoch()) != 1) {
                    throw fenced(claim);
                }
            }
        }
    }

    static void fail(Session session, FireClaim claim, String why) throws SQLException {
        if (session.update(FAIL, why, claim.fire(), claim.epoch()) != 1) {
            throw fenced(claim);
        }
    }

    private static StoreFailure fenced(FireClaim claim) {
        return new StoreFailure(
                StoreFailure.Reason.FENCED,
                "fire %d was started, left out or taken by somebody else: claim %d to it is void"
                        .formatted(claim.fire(), claim.epoch()));
    }
}
