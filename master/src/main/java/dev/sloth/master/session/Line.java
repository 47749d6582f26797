package dev.sloth.master.session;

import dev.sloth.api.workflow.Problem;
import dev.sloth.core.dispatch.Act;
import dev.sloth.wire.ClockOffset;
import java.util.List;

/// The way to an agent that is connected. Safe for use by many threads; ending twice does nothing.
public interface Line {
    /// Says something, unless the session is over.
    void send(Act.Message message);

    /// Ends the session; the agent should come back.
    void goAway();

    /// Asks for what the agent has told lately.
    ///
    /// @param after only lines with a greater number
    void ask(long question, long after);

    /// Asks for what the agent watches.
    ///
    /// @param after only those with a greater name
    /// @param remove what is to be watched no longer: all of these, or none
    void askWatchers(long question, String after, List<String> remove);

    /// Says that the agent's clock is off too far, or right again.
    void clock(ClockOffset offset);

    /// Ends the session because of another, once it is known whether somebody is still here.
    void displaced(Displacement by);

    /// Ends the session and says why.
    void refuse(Problem problem);
}
