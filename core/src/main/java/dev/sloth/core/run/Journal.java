package dev.sloth.core.run;

import java.util.List;

/// Where the events of one run are kept: a port.
public interface Journal {
    /// Keeps the events of one decision, all of them or none; once it returns they are kept for
    /// good.
    void append(List<RunEvent> events);

    /// Everything kept so far, in order.
    List<RunEvent> read();
}
