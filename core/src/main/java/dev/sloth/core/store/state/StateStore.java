package dev.sloth.core.store.state;

import java.util.function.Function;

/// The shared state of all namespaces. Safe for use by many threads and, where the driver says so,
/// by several processes at once.
public interface StateStore {
    /// Runs `work` on one state of the store.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when the store cannot be read
    <T> T read(Function<StateView, T> work);

    /// Runs `work` all or not at all; when this returns, its effect is on disk. Work that throws
    /// has changed nothing.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when the store cannot be written
    <T> T write(Function<StateEdit, T> work);

    /// Calls `told` soon after something was written by anybody, this process or another; also when
    /// nothing was, at times. Ends when it is closed.
    ///
    /// @param told must be quick; it is called by a thread of the store
    Listening listen(Runnable told);

    /// Ends the calls; one may be under way.
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
