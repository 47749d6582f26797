package dev.sloth.store.sql;

import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A database as this package wants it.
public interface Transactions {
    /// Runs `work` all or not at all; when this returns, its effect is on disk. Work that throws
    /// has changed nothing. It may be run again, from a state in which it never ran.
    ///
    /// @throws StoreFailure what `work` throws, or what stood in its way
    <T extends @Nullable Object> T write(Work<T> work);

    /// As [#write], for work that makes room: where the disk is full it may use what was kept back
    /// for that.
    <T extends @Nullable Object> T remove(Work<T> work);

    /// Runs `work`, which only reads, on one state of the database.
    ///
    /// @throws StoreFailure as above
    <T extends @Nullable Object> T read(Work<T> work);

    /// What is done in a transaction.
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T in(Session session) throws SQLException;
    }
}
