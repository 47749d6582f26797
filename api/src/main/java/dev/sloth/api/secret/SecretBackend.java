package dev.sloth.api.secret;

import dev.sloth.api.workflow.Problems;

/// Somebody else's keeper of secrets: read, never written. Safe for use by many threads.
public interface SecretBackend extends AutoCloseable {
    /// What references to it begin with, before the colon.
    String scheme();

    /// The value at a place, which is what stands behind the colon of a reference.
    ///
    /// @throws Problems saying what is wrong and what to do about it; never with a value in it
    /// @throws InterruptedException when the waiting was interrupted
    Secret read(String place) throws InterruptedException;

    /// Lets go of connections.
    @Override
    default void close() {}
}
