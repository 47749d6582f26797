package dev.sloth.agent;

import dev.sloth.api.plugin.Host;

/// Where a line of an attempt came from.
public sealed interface Channel {
    /// What the script prints, and what its processes write.
    enum Stream implements Channel {
        STDOUT,
        STDERR
    }

    /// The log of the script, or of the executor about it.
    record Log(Host.Level level) implements Channel {}
}
