package dev.sloth.cli;

/// Waits until there may be more of a run.
interface RunTidings extends AutoCloseable {
    /// Also comes back when there is nothing new, a few times a second.
    void await() throws InterruptedException;

    @Override
    void close();
}
