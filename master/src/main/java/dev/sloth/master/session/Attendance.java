package dev.sloth.master.session;

import dev.sloth.core.balance.Host;
import dev.sloth.core.store.cluster.AgentStanding;
import java.time.Duration;
import java.util.Map;

/// Is told which agents there are, and which are here. Must not block.
public interface Attendance {
    /// For where nobody wants to know.
    Attendance NONE =
            new Attendance() {
                @Override
                public void known(Host host) {}

                @Override
                public void removed(String agent, AgentStanding as) {}

                @Override
                public void came(String agent, long epoch, Map<String, Boolean> held) {}

                @Override
                public void left(String agent, long epoch, Duration unheard) {}
            };

    /// There is such an agent, or it is another now than it was.
    void known(Host host);

    /// An agent is refused for ever.
    ///
    /// @param as what it is from now on
    void removed(String agent, AgentStanding as);

    /// @param held the orders that it has, and whether they have ended there
    void came(String agent, long epoch, Map<String, Boolean> held);

    /// @param unheard for how long nothing was heard of it before
    void left(String agent, long epoch, Duration unheard);
}
