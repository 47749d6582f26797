package dev.sloth.cli.serve;

import java.time.Duration;
import java.util.function.Consumer;

/// Something that goes on for as long as `serve` does, on threads of its own.
public interface Resident {
    /// What messages call it.
    String name();

    /// Begins, and returns at once.
    ///
    /// @param fault is told why it cannot go on; then everything is stopped
    void start(Consumer<RuntimeException> fault);

    /// Begins nothing more, and waits for what is under way. What is not over after `grace` is
    /// cancelled, or left so that another process can go on with it. Called once, after [#start].
    void stop(Duration grace) throws InterruptedException;
}
