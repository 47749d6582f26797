package dev.sloth.core.dispatch;

import java.time.Instant;

/// One connection of an agent to a master. What is said on it comes in its order or not at all, but
/// it may come after both sides have given the connection up.
final class SimulatedLine {
    private final DispatchWorld world;
    private final SimulatedAgent agent;
    private final int masterLife;
    private Instant lastUp = Instant.EPOCH;
    private Instant lastDown = Instant.EPOCH;
    private boolean upCut;
    private boolean downCut;
    private long epoch;

    SimulatedLine(DispatchWorld world, SimulatedAgent agent) {
        this.world = world;
        this.agent = agent;
        this.masterLife = world.master.life();
    }

    SimulatedAgent agent() {
        return agent;
    }

    String host() {
        return agent.id();
    }

    long epoch() {
        return epoch;
    }

    /// The master has taken it as the session of this epoch.
    void begins(long as) {
        epoch = as;
    }

    /// From now on nothing gets through that way, not even what is on it.
    void cut(boolean up, boolean down) {
        upCut |= up;
        downCut |= down;
    }

    void up(Runnable heard) {
        lastUp = later(lastUp);
        world.time.at(
                lastUp,
                () -> {
                    if (!upCut && world.master.isAlive(masterLife)) {
                        heard.run();
                    }
                });
    }

    void down(Runnable heard) {
        lastDown = later(lastDown);
        world.time.at(
                lastDown,
                () -> {
                    if (!downCut) {
                        heard.run();
                    }
                });
    }

    private Instant later(Instant last) {
        var at = world.time.instant().plus(world.delay());
        return at.isBefore(last) ? last : at;
    }
}
