package dev.sloth.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import org.junit.jupiter.api.Test;

/// The [DispatchJudge] in the simulation checks what holds for every order: it is begun at most
/// once, on one agent; its row is kept before it is sent and its end before that is told; what is
/// said to be not begun was not begun; an end that is kept never changes; no agent has more orders
/// than slots, or is given one while it rests from what it could not take; and in the end everybody
/// has an answer, and nothing is left on any disk.
class DispatchSimulationTest {
    private final DispatchWorld.Tally tally = new DispatchWorld.Tally();

    @Test
    void in_the_end_every_order_has_come_to_one_end_whatever_masters_agents_and_lines_do() {
        Gen.forAll(500, gen -> new DispatchWorld(gen, tally).run());
        if (tally.worlds > 1) {
            assertThat(tally.kills).as("crashes of the master").isPositive();
            assertThat(tally.faults).as("failures of its disk").isPositive();
            assertThat(tally.agentCrashes).as("crashes of agents").isPositive();
            assertThat(tally.cuts).as("lines that were cut").isPositive();
            assertThat(tally.removed).as("agents that were removed").isPositive();
            assertThat(tally.drained).as("agents that were drained").isPositive();
            assertThat(tally.added).as("agents that joined").isPositive();
            assertThat(tally.late).as("messages of old sessions").isPositive();
            assertThat(tally.declined).as("orders that were declined").isPositive();
            assertThat(tally.left).as("orders that came to an agent that ends").isPositive();
            assertThat(tally.refusedForNow).as("orders that met a full disk").isPositive();
            assertThat(tally.takenAfterRest).as("orders that were taken after it").isPositive();
            assertThat(tally.forgotten).as("orders that were to be forgotten").isPositive();
            assertThat(tally.abandoned).as("orders that nobody wanted any more").isPositive();
            assertThat(tally.done).as("orders that were done").isGreaterThan(tally.worlds);
            assertThat(tally.notBegun).as("orders that nobody began").isPositive();
            assertThat(tally.cancelled).as("orders that were cancelled").isPositive();
            assertThat(tally.unknown).as("orders of which nobody can tell").isPositive();
        }
    }
}
