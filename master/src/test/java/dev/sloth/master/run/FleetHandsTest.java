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
import dev.sloth.core.store.cluster.AgentStanding;
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
import java.util.concurrent.ConcurrentHashMap;
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

    /// How it ends on those who do not succeed.
    private final Map<String, Outcome> ends = new ConcurrentHashMap<>();

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
            var done = Outcome.succeeded("", new DataTable().with("me", host), false);
            var end = OutcomeFormat.bytes(ends.getOrDefault(host, done));
            fleet.heard(new Input.Ended(host, epoch, order.id(), end));
        }
    }

    private static byte[] document(Work work) {
        return ((Work.Attempt) work).assignment();
    }

    private static Assignment on(List<String> names) {
        var some = new Samples(new Gen(1, 10)).assignment();
        var task = some.task().placed(new Placement.Agents(names));
        return new Assignment(some.id(), task, some.inputs());
    }

    private Outcome attempt(Fleet fleet, Assignment assignment) {
        var values = Content.of(new byte[0]);
        try (var run =
                new ActiveRun(
                        store,
                        new Claim(assignment.id().run(), 1),
                        List.of(),
                        values,
                        Secrets.NONE,
                        List.of(),
                        TIME)) {
            return new FleetHands(fleet, run, FleetHandsTest::document, () -> "once", TIME)
                    .attempt(assignment);
        }
    }

    @Test
    void an_order_says_what_is_to_be_done_but_not_on_which_agents_however_many_they_are() {
        var assignment = on(NAMES);
        try (var fleet = fleet()) {
            assertThat(attempt(fleet, assignment).message()).isEqualTo("done on 3 agents");
        }
        var wanted =
                new Assignment(
                        assignment.id(),
                        assignment.task().placed(new Placement.Here()),
                        assignment.inputs());
        assertThat(bodies).hasSize(NAMES.size()).containsOnly(AssignmentFormat.bytes(wanted));
    }

    @Test
    void what_those_gave_where_it_went_well_is_there_also_when_it_did_not_on_others() {
        ends.put("web2", Outcome.failed("exit code 1", Outcome.Failure.NONE));
        try (var fleet = fleet()) {
            var outcome = attempt(fleet, on(NAMES));
            assertThat(outcome.status()).isEqualTo(Outcome.Status.FAILED);
            assertThat(outcome.message()).isEqualTo("not done on 1 of 3 agents: web2: exit code 1");
            assertThat(outcome.outputs())
                    .isEqualTo(
                            new DataTable()
                                    .with("web1", new DataTable().with("me", "web1"))
                                    .with("web3", new DataTable().with("me", "web3")));
        }
    }

    @Test
    void an_agent_that_skipped_what_others_did_gave_nothing_that_may_be_looked_into() {
        ends.put("web2", Outcome.ended(Outcome.Status.SKIPPED, ""));
        try (var fleet = fleet()) {
            var outcome = attempt(fleet, on(NAMES));
            assertThat(outcome.status()).isEqualTo(Outcome.Status.SUCCEEDED);
            assertThat(outcome.outputs().at("web2")).isEqualTo(new DataTable());
        }
    }

    @Test
    void a_list_that_names_agents_that_are_not_there_is_done_on_none() {
        try (var fleet = fleet()) {
            var outcome = attempt(fleet, on(List.of("web1", "web8", "web2", "web9")));
            assertThat(outcome.status()).isEqualTo(Outcome.Status.FAILED);
            assertThat(outcome.message())
                    .isEqualTo(
                            "there is no agent 'web8', nor 'web9'; nothing was done on the other 2"
                                    + " [SLOTH-4762]");
        }
        assertThat(bodies).isEmpty();
    }

    @Test
    void what_was_begun_on_several_is_gone_on_with_also_when_one_of_them_is_gone() {
        var assignment = on(NAMES);
        try (var fleet = fleet()) {
            var first = attempt(fleet, assignment);
            fleet.removed("web2", AgentStanding.REMOVED);
            assertThat(attempt(fleet, assignment)).isEqualTo(first);
        }
        assertThat(bodies).hasSize(NAMES.size());
    }
}
