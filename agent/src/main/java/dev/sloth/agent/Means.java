package dev.sloth.agent;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What all attempts of an executor have in common.
record Means(
        Script.Loader scripts,
        ExecutorConfig config,
        ChildProcesses processes,
        InstantSource time,
        Chance chance,
        ArtifactStore artifacts,
        SharedState state,
        Events.Door events,
        Once warnings) {

    /// The same, for somebody who acts because of something.
    Means toldBecauseOf(List<String> causes) {
        Events.Door because = (source, _) -> events.as(source, causes);
        return new Means(
                scripts,
                config,
                processes,
                time,
                chance,
                artifacts,
                state.becauseOf(causes),
                because,
                warnings);
    }

    /// Of this attempt alone: generators are not made for several threads.
    RandomGenerator random() {
        return chance.next();
    }

    /// Gives each attempt a generator of its own.
    static final class Chance {
        private final RandomGenerator seeds;

        Chance(RandomGenerator seeds) {
            this.seeds = seeds;
        }

        synchronized RandomGenerator next() {
            return new SplittableRandom(seeds.nextLong());
        }
    }

    /// Remembers for which of the last runs something was said already.
    static final class Once {
        private static final int REMEMBERED_MAX = 1000;
        private final Set<String> said = new LinkedHashSet<>();

        synchronized boolean first(String run) {
            if (said.size() >= REMEMBERED_MAX) {
                said.remove(said.iterator().next());
            }
            return said.add(run);
        }
    }
}
