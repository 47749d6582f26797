package dev.sloth.store.sql;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.PageStore;
import dev.sloth.core.store.news.News.Listening;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/// The pages of all journals.
public final class SqlPages implements PageStore {
    private static final Sql BEHIND =
            new Sql(
                    "read journals behind",
                    """
                    SELECT j.first, j.events, j.checksum, j.body, r.id, j.number, r.workflow,
                        COALESCE(l.value, '')
                    FROM journal j JOIN runs r ON r.number = j.run
                    LEFT JOIN labels l ON l.run = r.number AND l.name = 'because'
                    WHERE j.number > ?
                    ORDER BY j.number
                    LIMIT ?\
                    """);

    private static final Sql BEFORE =
            new Sql(
                    "read journals before",
                    """
                    SELECT j.first, j.events, j.checksum, j.body, r.id, j.number, r.workflow,
                        COALESCE(l.value, '')
                    FROM journal j JOIN runs r ON r.number = j.run
                    LEFT JOIN labels l ON l.run = r.number AND l.name = 'because'
                    WHERE j.number < ?
                    ORDER BY j.number DESC
                    LIMIT ?\
                    """);

    private static final Sql LAST =
            new Sql(
                    "find last page",
                    "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0)");

    private final Transactions transactions;
    private final Function<Runnable, Listening> listeners;

    /// @param listeners takes in who wants to know of commits
    public SqlPages(Transactions transactions, Function<Runnable, Listening> listeners) {
        this.transactions = transactions;
        this.listeners = listeners;
    }

    @Override
    public List<KeptPage> behind(long number, int limit) {
        return transactions.read(s -> s.list(BEHIND, SqlPages::page, number, limit));
    }

    @Override
    public List<KeptPage> before(long number, int limit) {
        return transactions.read(s -> s.list(BEFORE, SqlPages::page, number, limit));
    }

    private static KeptPage page(Row row) throws SQLException {
        var run = new RunId(row.text(5));
        return new KeptPage(
                row.number(6), run, row.text(7), row.text(8), RunJournals.page(row, run));
    }

    @Override
    public long last() {
        return transactions.read(s -> s.number(LAST));
    }

    @Override
    public Listening listen(Runnable told) {
        return listeners.apply(told);
    }
}
