package dev.sloth.agent.remote;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Watcher;

/// Has this machine watch something from now on: a port.
@FunctionalInterface
public interface Registering {
    /// @param by who asks for it
    /// @return its name
    /// @throws EventRefusal when it is not taken
    String put(Watcher watcher, String by);
}
