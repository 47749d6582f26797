package dev.sloth.store.sql;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.TimerStore;
import java.time.Instant;
import java.util.List;

/// Timers in a table; chapters write it.
public final class SqlTimers implements TimerStore {
    private static final Sql OF_RUN =
            new Sql(
                    "list timers",
                    """
                    SELECT t.name, t.due
                    FROM timers t JOIN runs r ON r.number = t.run
                    WHERE r.id = ?
                    ORDER BY t.due, t.name\
                    """);

    private static final Sql DUE =
            new Sql(
                    "due timers",
                    """
                    SELECT r.id
                    FROM timers t JOIN runs r ON r.number = t.run
                    WHERE t.due <= ?
                    GROUP BY r.id, r.number
                    ORDER BY MIN(t.due), r.number
                    LIMIT ?\
                    """);

    private final Transactions transactions;

    public SqlTimers(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Chapter.Timer> of(RunId run) {
        return transactions.read(s ->
                s.list(OF_RUN, row -> new Chapter.Timer(row.text(1), row.instant(2)), run.text()));
    }

    @Override
    public List<RunId> due(Instant now, int limit) {
        return transactions.read(s -> s.list(DUE, row -> new RunId(row.text(1)), now, limit));
    }
}
