package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.wire.proto.FromAgent;
import dev.sloth.wire.proto.OrderDeclined;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An order may be on its way to an agent in the moment in which that is told to end.
class LeavingAgentTest {
    private static final RunId RUN = new RunId("20260329-013000-a1b2c3d4");

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

    @Test
    void what_an_agent_that_ends_does_not_take_comes_to_its_next_process() throws Exception {
        var keys = world.agent("id1", "web1");
        world.begin();
        var ending = new RawAgent(world.as(keys)).begins();
        world.submit(RUN, 1);
        var order = ending.order();
        ending.say(
                FromAgent.newBuilder()
                        .setDeclined(
                                OrderDeclined.newBuilder()
                                        .setId(order)
                                        .setWhy("the agent is ending")
                                        .setLeaving(true)));
        var next = new RawAgent(world.as(keys)).begins();
        assertThat(next.order()).isEqualTo(order);
        assertThat(ending.end()).isEqualTo("SLOTH-4722");
    }
}
