package dev.sloth.core.store.state;

import dev.sloth.core.store.news.News;
import java.util.function.Function;

/// The shared state of all namespaces. Safe for use by many threads and, where the driver says so,
/// by several processes at once.
public interface StateStore extends News {
    /// Runs `work` on one state of the store.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when the store cannot be read
    <T> T read(Function<StateView, T> work);

    /// Runs `work` all or not at all; when this returns, its effect is on disk. Work that throws
    /// has changed nothing.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when the store cannot be written
    <T> T write(Function<StateEdit, T> work);
}
