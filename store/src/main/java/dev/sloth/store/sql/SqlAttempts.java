package dev.sloth.store.sql;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.AttemptStore;
import dev.sloth.core.store.Claim;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Attempts in a table whose unique key is the promise: one row, one execution.
public final class SqlAttempts implements AttemptStore {
    private static final Sql BEGIN =
            new Sql(
                    "begin attempt",
                    """
                    INSERT INTO attempts (run, task, number, boot, epoch, status, begun_at, ended_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (run, task, number) DO NOTHING\
                    """);

    private static final Sql FIND =
            new Sql(
                    "find attempt",
                    """
                    SELECT r.id, a.task, a.number, a.boot, a.epoch, a.status, a.begun_at, a.ended_at
                    FROM attempts a JOIN runs r ON r.number = a.run
                    WHERE r.id = ? AND a.task = ? AND a.number = ?\
                    """);

    private static final Sql OF_RUN =
            new Sql(
                    "list attempts",
                    """
                    SELECT r.id, a.task, a.number, a.boot, a.epoch, a.status, a.begun_at, a.ended_at
                    FROM attempts a JOIN runs r ON r.number = a.run
                    WHERE r.id = ?
                    ORDER BY a.place\
                    """);

    private final Transactions transactions;

    public SqlAttempts(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean begin(Claim claim, AttemptId id, String boot, Instant at) {
        Owned.check(claim, id);
        return transactions.write(s -> begin(s, Fence.pass(s, claim), claim, id, boot, at));
    }

    /// @param run its number, of a claim that was looked at already
    static boolean begin(
            Session session, long run, Claim claim, AttemptId id, String boot, Instant at)
            throws SQLException {
        int rows =
                session.update(
                        BEGIN,
                        run,
                        id.task().text(),
                        id.number(),
                        boot,
                        claim.epoch(),
                        AttemptRow.RUNNING,
                        at,
                        Instant.MAX);
        return rows == 1;
    }

    @Override
    public Optional<AttemptRow> find(AttemptId id) {
        return transactions.read(s ->
                s.find(FIND, SqlAttempts::attempt, id.run().text(), id.task().text(), id.number()));
    }

    @Override
    public List<AttemptRow> of(RunId run) {
        return transactions.read(s -> s.list(OF_RUN, SqlAttempts::attempt, run.text()));
    }

    private static AttemptRow attempt(Row row) throws SQLException {
        return new AttemptRow(
                new AttemptId(new RunId(row.text(1)), new TaskName(row.text(2)), row.count(3)),
                row.text(4),
                row.number(5),
                row.text(6),
                row.instant(7),
                row.instant(8));
    }
}
