package dev.sloth.agent.link;

import dev.sloth.wire.WatcherPage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is done about the orders of a master: a port. Nothing of it may block for long; the methods
/// from [#connected] on are called by the thread of the session.
public interface Orders {
    /// Of somebody who does nothing.
    Orders NONE =
            new Orders() {
                @Override
                public Map<String, Boolean> held() {
                    return Map.of();
                }

                @Override
                public boolean areRepeatable() {
                    return false;
                }

                @Override
                public boolean isLeaving() {
                    return false;
                }

                @Override
                public void connected(Uplink uplink) {}

                @Override
                public void disconnected() {}

                @Override
                public void order(String id, byte[] body) {}

                @Override
                public void cancel(String id) {}

                @Override
                public void taken(String id) {}

                @Override
                public void forget(String id) {}
            };

    /// All orders that were accepted and that no master has said to have taken, and whether they
    /// have ended.
    Map<String, Boolean> held();

    /// Whether some of what is being done would be done by others if this agent were lost: then the
    /// master is to know soon when it is.
    boolean areRepeatable();

    /// Whether nothing new is taken, as this agent ends when what it has is done: the master is to
    /// know, and gives it nothing more.
    boolean isLeaving();

    /// What is watched here, as much of it as is told at once; nothing where nothing can be. May be
    /// asked by any thread.
    ///
    /// @param after only those with a greater name
    /// @param remove what is to be watched no longer: all of these, or none
    default Optional<WatcherPage> watchers(String after, List<String> remove) {
        return Optional.empty();
    }

    /// There is a session, until [#disconnected].
    void connected(Uplink uplink);

    void disconnected();

    /// Something is to be done, unless that was said before.
    void order(String id, byte[] body);

    /// What is done is to be ended, and what came of it told.
    void cancel(String id);

    /// The master has what came of it.
    void taken(String id);

    /// It is to be ended, and nobody wants to know what came of it.
    void forget(String id);
}
