package dev.sloth.store.sql;

import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateStore;
import dev.sloth.core.store.state.StateView;
import java.sql.SQLException;
import java.util.function.Function;

/// Shared state in tables.
public final class SqlState implements StateStore {
    private final Transactions transactions;
    private final Function<Runnable, Listening> listeners;

    /// @param listeners takes in who wants to know of commits
    public SqlState(Transactions transactions, Function<Runnable, Listening> listeners) {
        this.transactions = transactions;
        this.listeners = listeners;
    }

    @Override
    public <T> T read(Function<StateView, T> work) {
        return transactions.read(session -> through(() -> work.apply(new SqlStateView(session))));
    }

    @Override
    public <T> T write(Function<StateEdit, T> work) {
        return transactions.write(session -> through(() -> work.apply(new SqlStateEdit(session))));
    }

    @Override
    public Listening listen(Runnable told) {
        return listeners.apply(told);
    }

    /// Carries a failure of the database through work that knows nothing of databases.
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final SQLException failure;

        Carried(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /// Asks the database.
    @FunctionalInterface
    interface Question<T> {
        T ask() throws SQLException;
    }

    static <T> T carrying(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new Carried(e);
        }
    }

    static <T> T through(Question<T> work) throws SQLException {
        try {
            return work.ask();
        } catch (Carried e) {
            throw e.failure;
        }
    }
}
