package dev.sloth.store.sql;

import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.ClusterTables;
import java.util.function.Function;

/// Masters, tokens and agents in tables.
public final class SqlCluster implements ClusterStore {
    private final Transactions transactions;

    public SqlCluster(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public <T> T read(Function<ClusterTables, T> work) {
        return transactions.read(
                session -> SqlState.through(() -> work.apply(new ClusterRows(session))));
    }

    @Override
    public <T> T write(Function<ClusterTables, T> work) {
        return transactions.write(
                session -> SqlState.through(() -> work.apply(new ClusterRows(session))));
    }
}
