package dev.sloth.agent;

import dev.sloth.api.plugin.Host;

/// Where a line of an attempt came from.
public sealed interface Channel {
    /// What the script prints, and what processes write that it runs.
    enum Stream implements Channel {
        STDOUT,
        STDERR
    }

    /// What the task's own command writes: only this is there to be read again by an executor that
    /// goes on with the attempt.
    enum Command implements Channel {
        STDOUT,
        STDERR
    }

    /// The log of the script, or of the executor about it.
    record Log(Host.Level level) implements Channel {}

    /// What logs call it.
    default String word() {
        return switch (this) {
            case Command.STDOUT -> "out";
            case Command.STDERR -> "err";
            case Stream.STDOUT -> "print";
            case Stream.STDERR -> "printerr";
            case Log(var level) -> level.name();
        };
    }
}
