package dev.sloth.core.store.secret;

import java.util.function.Function;

/// The encrypted secrets of all namespaces. Safe for use by many threads and, where the driver says
/// so, by several processes at once.
public interface SecretStore {
    /// Whether anything was kept here before: asking makes nothing.
    boolean begun();

    /// Runs `work`, which changes nothing, on one state of the store.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when the store cannot be read
    <T> T read(Function<SecretTables, T> work);

    /// Runs `work` all or not at all; when this returns, its effect is on disk. Work that throws
    /// has changed nothing; it may be run again, from a state in which it never ran.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when the store cannot be written
    <T> T write(Function<SecretTables, T> work);
}
