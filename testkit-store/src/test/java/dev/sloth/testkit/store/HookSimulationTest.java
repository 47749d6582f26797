package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Hooks under many seeds; `-Dsloth.seeds=N` for more of them.
final class HookSimulationTest {
    private static final int SEEDS = Integer.getInteger("sloth.seeds", 150);

    @Test
    void in_the_end_every_event_was_taken_or_is_dead_whoever_is_killed_when() {
        int crashes = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var simulation = new HookSimulation(seed, true);
            simulation.run(1 + seed % 3, 20);
            try {
                simulation.nothingIsLost();
                simulation.ofOneSubjectTheyComeInOrder();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + " with faults", e);
            }
            crashes += simulation.crashes();
        }
        assertThat(crashes).isGreaterThan(SEEDS);
    }

    @Test
    void without_faults_no_event_is_done_twice() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var simulation = new HookSimulation(seed, false);
            simulation.run(1 + seed % 3, 20);
            try {
                simulation.nothingIsLost();
                simulation.nothingIsDoneTwice();
                simulation.ofOneSubjectTheyComeInOrder();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
