package dev.sloth.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.balance.Host;
import dev.sloth.core.balance.Want;
import dev.sloth.core.dispatch.Act;
import dev.sloth.core.dispatch.Declining;
import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.core.dispatch.Input;
import dev.sloth.core.dispatch.Order;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Orders while the store does not always work.
@Timeout(60)
class FleetTest {
    private static final int SECONDS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(SECONDS);
    private static final Host HOST = new Host("h1", "web1", List.of(), "", 4, true);

    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Store store = MemoryStore.open(new MemoryDisk(), this::fail);
    private final LinkedBlockingQueue<Act.Message> sent = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<StoreFailure> troubles = new LinkedBlockingQueue<>();
    private final AtomicInteger sentAway = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Fleet fleet =
            new Fleet(
                    store.cluster(),
                    DispatchLimits.DEFAULT,
                    1,
                    InstantSource.fixed(Instant.EPOCH),
                    troubles::add);

    private void fail(String statement) {
        if (failing.contains(statement)) {
            throw new StoreFailure(StoreFailure.Reason.FULL, "no room for " + statement);
        }
    }

    @BeforeEach
    void begin() {
        fleet.known(HOST);
        fleet.start(new Fleet.Ways(sent::add, sentAway::incrementAndGet));
        fleet.came(HOST.id(), 1, Map.of());
    }

    @AfterEach
    void close() {
        fleet.close();
        threads.shutdownNow();
        store.close();
    }

    private static Order order(String id) {
        return new Order(id, "run", new Want.Any(), false, false, new byte[] {1});
    }

    private Act.Message next() throws InterruptedException {
        var message = sent.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("a message").isNotNull();
        return message;
    }

    private static void await(Callable<Boolean> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.call()) {
            assertThat(System.nanoTime() - end).as("nanoseconds too late").isNegative();
            Thread.onSpinWait();
        }
    }

    /// Has it done by the agent.
    private void done(String id) throws Exception {
        var asked = threads.submit(() -> fleet.perform(order(id)));
        assertThat(next()).isInstanceOf(Act.Message.Send.class);
        fleet.heard(new Input.Accepted(HOST.id(), 1, id));
        fleet.heard(new Input.Ended(HOST.id(), 1, id, new byte[] {7}));
        assertThat(asked.get(SECONDS, TimeUnit.SECONDS)).isInstanceOf(Act.End.Done.class);
    }

    @Test
    void an_order_that_is_settled_while_the_store_fails_is_let_go_of_when_it_works_again()
            throws Exception {
        done("o1");
        failing.add("remove order");
        fleet.settled("o1");
        assertThat(troubles.poll(SECONDS, TimeUnit.SECONDS)).isNotNull();
        assertThat(fleet.rows()).hasSize(1);
        failing.clear();
        await(() -> fleet.rows().isEmpty());
        await(() -> sentAway.get() == 1);
    }

    @Test
    void what_an_agent_has_that_was_removed_while_the_store_failed_has_an_end_that_nobody_knows()
            throws Exception {
        var asked = threads.submit(() -> fleet.perform(order("o1")));
        assertThat(next()).isInstanceOf(Act.Message.Send.class);
        fleet.heard(new Input.Accepted(HOST.id(), 1, "o1"));
        await(() -> state("o1") == OrderRow.State.ACCEPTED);
        failing.add("put order");
        fleet.removed(HOST.id(), AgentStanding.REMOVED);
        assertThat(troubles.poll(SECONDS, TimeUnit.SECONDS)).isNotNull();
        failing.clear();
        assertThatThrownBy(() -> asked.get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StoreFailure.class);
        await(() -> state("o1") == OrderRow.State.GIVEN_UP);
        assertThat(fleet.perform(order("o1"))).isInstanceOf(Act.End.Unknown.class);
    }

    private OrderRow.State state(String id) {
        return fleet.row(id).orElseThrow().state();
    }

    @Test
    void of_several_agents_those_are_chosen_first_that_do_not_rest() throws Exception {
        fleet.known(new Host("h2", "web2", List.of(), "", 1, true));
        var web1 = new Order("o1", "run", new Want.Named("web1"), false, false, new byte[] {1});
        var _ = threads.submit(() -> fleet.perform(web1));
        assertThat(next()).isInstanceOf(Act.Message.Send.class);
        fleet.came("h2", 1, Map.of());
        fleet.heard(new Input.Declined(HOST.id(), 1, "o1", "no room", Declining.FOR_NOW));
        await(() -> fleet.row("o1").isEmpty());
        // What it has said counts when the step is over in which it was heard.
        assertThat(fleet.sights(Set.of("o1"))).hasSize(1);
        assertThat(fleet.leastBusy(new Want.Any(), 1, List.of()).names()).containsExactly("web2");
        assertThat(fleet.leastBusy(new Want.Any(), 2, List.of()).names())
                .containsExactly("web2", "web1");
    }

    @Test
    void an_order_that_is_out_is_never_out_of_sight_while_the_store_fails() throws Exception {
        done("o1");
        var seen =
                threads.submit(() -> {
                    while (sentAway.get() < 3) {
                        assertThat(fleet.row("o1")).isPresent();
                    }
                    return true;
                });
        for (int i = 0; i < 3; i++) {
            int before = sentAway.get();
            fleet.came(HOST.id(), 2 + i, Map.of("o1", true));
            failing.add("put order");
            assertThatThrownBy(() -> fleet.perform(order("o2"))).isInstanceOf(StoreFailure.class);
            failing.clear();
            await(() -> sentAway.get() > before);
        }
        assertThat(seen.get(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoever_wants_an_order_while_the_store_fails_is_told_and_can_want_it_again()
            throws Exception {
        failing.add("put order");
        assertThatThrownBy(() -> fleet.perform(order("o1"))).isInstanceOf(StoreFailure.class);
        failing.clear();
        await(() -> sentAway.get() > 0);
        fleet.came(HOST.id(), 2, Map.of());
        var asked = threads.submit(() -> fleet.perform(order("o1")));
        assertThat(next()).isInstanceOf(Act.Message.Send.class);
        fleet.heard(new Input.Ended(HOST.id(), 2, "o1", new byte[] {7}));
        assertThat(asked.get(SECONDS, TimeUnit.SECONDS)).isInstanceOf(Act.End.Done.class);
    }
}
