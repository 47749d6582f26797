package dev.sloth.store.sql;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.RequestStore;
import java.time.Instant;
import java.util.List;

/// Requests in a table, removed once they are answered.
public final class SqlRequests implements RequestStore {
    private static final Sql ASK =
            new Sql(
                    "ask",
                    """
                    INSERT INTO requests (run, kind, body, asked_by, asked_at)
                    SELECT number, ?, ?, ?, ?
                    FROM runs
                    WHERE id = ? AND ended = 0\
                    """);

    private static final Sql OF_RUN =
            new Sql(
                    "list requests",
                    """
                    SELECT q.number, q.kind, q.body, q.asked_by, q.asked_at
                    FROM requests q JOIN runs r ON r.number = q.run
                    WHERE r.id = ?
                    ORDER BY q.number\
                    """);

    private static final Sql ANSWERED =
            new Sql("answer request", "DELETE FROM requests WHERE run = ? AND number = ?");

    private final Transactions transactions;

    public SqlRequests(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean ask(RunId run, Request.Kind kind, String body, String by, Instant at) {
        return transactions.write(s -> s.update(ASK, kind.name(), body, by, at, run.text()) == 1);
    }

    @Override
    public List<Request> of(RunId run) {
        return transactions.read(s ->
                s.list(
                        OF_RUN,
                        row ->
                                new Request(
                                        row.number(1),
                                        Request.Kind.valueOf(row.text(2)),
                                        row.text(3),
                                        row.text(4),
                                        row.instant(5)),
                        run.text()));
    }

    @Override
    public void answered(Claim claim, long number) {
        transactions.write(s -> s.update(ANSWERED, Fence.pass(s, claim), number));
    }
}
