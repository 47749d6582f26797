package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.OrderDeclined;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An order may come to an agent in a moment in which that has no room for it, or is told to end.
class DecliningAgentTest {
    private static final RunId RUN = new RunId("20260329-013000-a1b2c3d4");
    private static final int SECONDS = 20;

    @TempDir private Path folder;
    private DoorWorld world;

    @BeforeEach
    void open() {
        world = new DoorWorld(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    private static OrderDeclined.Builder declined(String order, String why) {
        return OrderDeclined.newBuilder().setId(order).setWhy(why);
    }

    private static void says(RawAgent agent, OrderDeclined.Builder declined) {
        agent.say(FromAgent.newBuilder().setDeclined(declined));
    }

    private void awaitNobodyHas(String order) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (world.work.fleet().row(order).isPresent()) {
            assertThat(System.nanoTime()).as("nobody has " + order).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void what_an_agent_cannot_take_for_now_comes_to_it_again_when_it_has_rested() throws Exception {
        var agent = new RawAgent(world.as(world.agent("id1", "web1"))).begins();
        world.begin();
        world.submit(RUN, 1);
        var order = agent.order();
        says(agent, declined(order, "its disk does not keep it: no space left").setForNow(true));
        awaitNobodyHas(order);
        assertThat(world.work.fleet().sights(order, 0).getFirst().why())
                .isEqualTo(
                        "it waits: of 1 that fits, 1 takes nothing new; web1 does not take it: its"
                                + " disk does not keep it: no space left");
        var _ = world.now.updateAndGet(at -> at.plus(DispatchLimits.DEFAULT.rest()));
        assertThat(agent.order()).isEqualTo(order);
        assertThat(agent.isOver()).isFalse();
    }

    @Test
    void what_an_agent_that_ends_does_not_take_comes_to_its_next_process() throws Exception {
        var keys = world.agent("id1", "web1");
        world.begin();
        var ending = new RawAgent(world.as(keys)).begins();
        world.submit(RUN, 1);
        var order = ending.order();
        says(ending, declined(order, "the agent is ending").setLeaving(true));
        var next = new RawAgent(world.as(keys)).begins();
        assertThat(next.order()).isEqualTo(order);
    }
}
