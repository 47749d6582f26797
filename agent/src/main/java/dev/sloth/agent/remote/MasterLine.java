package dev.sloth.agent.remote;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.wire.LiveCredentials;
import dev.sloth.wire.MasterAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/// The way to what tasks share at their master. Safe for use by many threads.
public final class MasterLine implements AutoCloseable {
    private final Lines lines;
    private final Tries tries;
    private final RemoteLimits limits;
    private final SecureRandom random;

    /// @param own of the agent
    /// @param time by which certificates are good
    public MasterLine(
            MasterAddress master,
            LiveCredentials own,
            RemoteLimits limits,
            SecureRandom random,
            InstantSource time) {
        this.lines = new Lines(master, own, time);
        this.tries = new Tries(master, limits, random, lines::hurry);
        this.limits = limits;
        this.random = random;
    }

    /// The state that those share who work on an order. To be had once for each order: it numbers
    /// what is changed.
    public SharedState state(String order) {
        return new RemoteState(
                new Shared(
                        lines,
                        tries,
                        limits,
                        new Numbers(random.nextLong()),
                        new Numbers(random.nextLong())),
                order);
    }

    /// Where those say what happened who work on an order.
    ///
    /// @param project where the files of the order's run are on this machine
    /// @param registering has this machine watch something
    public Events.Door events(String order, Path project, Registering registering) {
        return new RemoteEvents(
                lines,
                tries,
                new Numbers(random.nextLong()),
                order,
                project,
                registering,
                limits.answerMax());
    }

    /// What the master says of something that a watcher of this machine saw.
    ///
    /// @param fact as [SeenFact] keeps it
    /// @return false when it will never take it
    /// @throws EventRefusal `AWAY` when it did not answer, or not this time
    public boolean tell(byte[] fact) throws InterruptedException {
        return new SeenFacts(lines, tries).tell(fact);
    }

    @Override
    public void close() {
        lines.close();
    }
}
