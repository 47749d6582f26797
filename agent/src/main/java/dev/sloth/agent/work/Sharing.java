package dev.sloth.agent.work;

import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.wire.WatcherPage;
import java.nio.file.Path;
import java.util.List;

/// What scripts share with others, as it is had in the name of an order: a port.
public interface Sharing {
    /// @param causes what led to the run, the first one first
    SharedState state(String order, List<String> causes);

    /// @param project where the files of the run are
    /// @param causes as above
    Events.Door events(String order, Path project, List<String> causes);

    /// What this machine watches, as much of it as is told at once.
    ///
    /// @param after only those with a greater name
    /// @param remove what is to be watched no longer: all of these, or none
    WatcherPage watchers(String after, List<String> remove);
}
