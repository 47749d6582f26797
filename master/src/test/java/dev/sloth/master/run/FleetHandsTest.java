package dev.sloth.master.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.secret.Secrets;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Placement;
import dev.sloth.codec.AssignmentFormat;
import dev.sloth.codec.OutcomeFormat;
import dev.sloth.core.balance.Host;
import dev.sloth.core.dispatch.Act;
import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.core.dispatch.Input;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.Samples;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import dev.sloth.wire.WorkOrder.Work;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What agents are asked to do for an attempt.
@Timeout(60)
class FleetHandsTest {
    private static final InstantSource TIME = InstantSource.fixed(Instant.EPOCH);
    private static final List<String> NAMES = List.of("web1", "web2", "web3");

    private final MemoryStore store = MemoryStore.open(new MemoryDisk());
    private final Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();

    private Fleet fleet() {
        var fleet =
                new Fleet(
                        store.cluster(),
                        DispatchLimits.DEFAULT,
                        1,
                        TIME,
                        failure -> {
                            throw failure;
                        });
        for (var name : NAMES) {
            fleet.known(new Host(name, name, List.of(), "", 1, true));
        }
        fleet.start(new Fleet.Ways(message -> hear(fleet, message), () -> {}));
        NAMES.forEach(name -> fleet.came(name, 1, Map.of()));
        return fleet;
    }

    /// Agents that end whatever they get, at once.
    private void hear(Fleet fleet, Act.Message message) {
        if (message instanceof Act.Message.Send(var host, long epoch, var order)) {
            bodies.add(order.body());
            fleet.heard(new Input.Accepted(host, epoch, order.id()));
            var end = OutcomeFormat.bytes(Outcome.succeeded("", new DataTable(), false));
            fleet.heard(new Input.Ended(host, epoch, order.id(), end));
        }
    }

    private static byte[] document(Work work) {
        return ((Work.Attempt) work).assignment();
    }

    private static Assignment onAll() {
        var some = new Samples(new Gen(1, 10)).assignment();
        var task = some.task().placed(new Placement.Agents(NAMES));
        return new Assignment(some.id(), task, some.inputs());
    }

    @Test
    void an_order_says_what_is_to_be_done_but_not_on_which_agents_however_many_they_are() {
        var assignment = onAll();
        var values = Content.of(new byte[0]);
        try (var fleet = fleet();
                var run =
                        new ActiveRun(
                                store,
                                new Claim(assignment.id().run(), 1),
                                List.of(),
                                values,
                                Secrets.NONE,
                                List.of(),
                                TIME)) {
            var hands = new FleetHands(fleet, run, FleetHandsTest::document, () -> "once", TIME);
            assertThat(hands.attempt(assignment).message()).isEqualTo("done on 3 agents");
        }
        var wanted =
                new Assignment(
                        assignment.id(),
                        assignment.task().placed(new Placement.Here()),
                        assignment.inputs());
        assertThat(bodies).hasSize(NAMES.size()).containsOnly(AssignmentFormat.bytes(wanted));
    }
}
