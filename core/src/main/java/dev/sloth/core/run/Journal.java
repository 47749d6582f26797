package dev.sloth.core.run;

import java.util.List;

/// Where the events of one run are kept: a port.
public interface Journal {
    /// Keeps the events of one step, all of them or none; once it returns they are kept for good.
    ///
    /// @param after the state that they lead to
    void append(List<RunEvent> events, RunState after);

    /// The state that everything kept so far leads to.
    RunState restore();
}
