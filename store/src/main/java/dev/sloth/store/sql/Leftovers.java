package dev.sloth.store.sql;

import dev.sloth.api.workflow.RunId;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/// Runs that were deleted while something of them may still be kept elsewhere. The note is made in
/// the transaction that deletes the run, so that nothing stays behind for ever.
public final class Leftovers {
    private static final Sql NOTE =
            new Sql("note leftover", "INSERT INTO leftovers (run) VALUES (?)");

    private static final Sql LIST =
            new Sql("list leftovers", "SELECT run FROM leftovers ORDER BY run LIMIT ?");

    private static final Sql DONE =
            new Sql("forget leftover", "DELETE FROM leftovers WHERE run = ?");

    /// How many are cleared between two looks at the list.
    private static final int PAGE = 1_000;

    private final Transactions transactions;

    public Leftovers(Transactions transactions) {
        this.transactions = transactions;
    }

    static void note(Session session, RunId run) throws SQLException {
        session.update(NOTE, run.text());
    }

    /// @param removal takes away what is kept elsewhere of a run
    public void clear(Consumer<RunId> removal) {
        List<String> runs;
        do {
            runs = transactions.read(s -> s.list(LIST, row -> row.text(1), PAGE));
            for (var run : runs) {
                removal.accept(new RunId(run));
                transactions.remove(s -> s.update(DONE, run));
            }
        } while (!runs.isEmpty());
    }
}
