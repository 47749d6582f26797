package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.agent.remote.MasterLine;
import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Fact;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.event.EventLimits;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.master.rpc.Acting;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.wire.MasterAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who may use shared state and events in whose name, and how much of it.
@Timeout(120)
final class SharingTest {
    private static final long REQUEST_MAX = 16L << 20;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private SharedWorld shared;
    private SharedWorld.Worker worker;
    private MasterLine line;

    @BeforeEach
    void open() {
        shared = new SharedWorld(folder, REQUEST_MAX);
        worker = shared.worker("web1");
        worker.given("order-1", new Acting("default", List.of("run r1")));
        line = worker.line(shared.world.address(), SharedWorld.LIMITS);
    }

    @AfterEach
    void close() throws Exception {
        shared.close();
    }

    private static StateCommand.Put put(Value value) {
        return new StateCommand.Put("k", value, Optional.empty(), false);
    }

    private static StateCommand.Get get() {
        return new StateCommand.Get("k", Optional.empty());
    }

    private static String code(Runnable asking) {
        return catchThrowableOfType(Problems.class, asking::run).list().getFirst().code();
    }

    @Test
    void nothing_is_done_in_the_name_of_an_order_that_the_agent_does_not_have() throws Exception {
        var other = shared.worker("web2");
        other.given("order-2", new Acting("default", List.of()));
        for (var order : List.of("order-2", "order-3", "", "x\ny")) {
            var state = line.state(order);
            assertThat(code(() -> state.ask(get()))).isEqualTo("SLOTH-4741");
            assertThat(code(() -> state.ask(put(Text.of("x"))))).isEqualTo("SLOTH-4741");
            assertThat(code(() -> state.watch("*"))).isEqualTo("SLOTH-4741");
            assertThat(code(state::transactionMax)).isEqualTo("SLOTH-4741");
            assertThat(code(() -> state.begin().ask(get()))).isEqualTo("SLOTH-4741");
            assertThatThrownBy(() -> state.lock(lock(), LONG)).isInstanceOf(Problems.class);
            var events =
                    line.events(order, folder, (watcher, _) -> watcher.name()).as("me", List.of());
            assertThat(code(() -> events.dispatch(new Fact("a", "a", Value.Nil.NIL))))
                    .isEqualTo("SLOTH-4741");
        }
        var refused = shared.world.await(MasterEvent.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("SLOTH-4741");
        assertThat(refused.problem().message()).contains(worker.id).contains("order-2");
        assertThat(shared.world.told).noneMatch(event -> event instanceof MasterEvent.Trouble);
        assertThat(shared.state("default").held("*")).isEmpty();
        assertThat(shared.store.events().last()).isZero();
    }

    private static StateCommand.Lock lock() {
        return new StateCommand.Lock("deploy", "me", LONG);
    }

    @Test
    void an_order_that_ends_takes_its_transaction_and_its_place_in_a_row_with_it()
            throws Exception {
        var kept = shared.state("default");
        var state = line.state("order-1");
        var transaction = state.begin();
        var _ = transaction.ask(put(Text.of("x")));
        var held = kept.ask(lock());
        var waiting = new CompletableFuture<String>();
        var _ =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                waiting.complete(state.lock(lock(), LONG).toString());
                            } catch (Problems e) {
                                waiting.complete(e.list().getFirst().code());
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        });
        while (waiters(kept) == 0) {
            Thread.onSpinWait();
        }
        shared.taken("order-1");
        assertThat(code(transaction::commit)).isEqualTo("SLOTH-4741");
        long token = (long) ((Value.Num) held.value()).value();
        var _ = kept.ask(new StateCommand.Unlock("deploy", token));
        assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("SLOTH-4741");
        assertThat(kept.ask(new StateCommand.LockStanding("deploy")).done()).isFalse();
        assertThat(kept.held("*")).isEmpty();
    }

    private static int waiters(LocalState kept) {
        var standing = (Value.Table) kept.ask(new StateCommand.LockStanding("deploy")).value();
        return ((Value.Table) standing.at("waiters")).length();
    }

    @Test
    void a_run_that_is_not_driven_just_now_is_waited_for() throws Exception {
        var kept = shared.state("default");
        var state = line.state("order-1");
        var asked = new CompletableFuture<Answer>();
        shared.resting(true);
        var _ = Thread.ofVirtual().start(() -> asked.complete(state.ask(put(Text.of("x")))));
        var refused = shared.world.await(MasterEvent.Refused.class);
        assertThat(refused.problem().code()).isEqualTo("SLOTH-4701");
        assertThat(asked).isNotDone();
        shared.resting(false);
        assertThat(asked.get(LONG.toSeconds(), TimeUnit.SECONDS).done()).isTrue();

        var held = kept.ask(lock());
        var waiting = new CompletableFuture<Answer>();
        var _ = Thread.ofVirtual().start(() -> waiting.complete(locked(state)));
        while (waiters(kept) == 0) {
            Thread.onSpinWait();
        }
        shared.resting(true);
        long token = (long) ((Value.Num) held.value()).value();
        var _ = kept.ask(new StateCommand.Unlock("deploy", token));
        var _ = shared.world.await(MasterEvent.Refused.class);
        shared.resting(false);
        var standing = kept.ask(new StateCommand.LockStanding("deploy")).value();
        assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS).value())
                .isEqualTo(((Value.Table) standing).at("token"));
    }

    private static Answer locked(SharedState state) {
        try {
            return state.lock(lock(), LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- causes

    @Test
    void what_led_to_the_order_led_to_all_that_is_done_for_it() throws Exception {
        var watch = shared.state("default").watch("*");
        var state = line.state("order-1");
        state.ask(put(Text.of("1")));
        state.becauseOf(List.of("run r1", "hook h")).ask(put(Text.of("2")));
        state.becauseOf(List.of("somebody else")).ask(put(Text.of("3")));
        try (var transaction = state.becauseOf(List.of("run r1", "hook i")).begin()) {
            var _ = transaction.ask(put(Text.of("4")));
            assertThat(transaction.commit()).isTrue();
        }
        assertThat(watch.next(Duration.ZERO))
                .extracting(StateChange::causes)
                .containsExactly(
                        List.of("run r1"),
                        List.of("run r1", "hook h"),
                        List.of("run r1"),
                        List.of("run r1", "hook i"));
    }

    // ---- sizes

    private static Text text(int bytes) {
        byte[] all = new byte[bytes];
        Arrays.fill(all, (byte) 'x');
        return Text.ofBytes(all);
    }

    @Test
    void a_value_as_large_as_one_may_be_passes_both_ways() {
        var state = line.state("order-1");
        var largest = text(StateLimits.DEFAULT.valueMax() - 2);
        var tooLarge = text(StateLimits.DEFAULT.valueMax() - 1);
        assertThat(state.ask(put(largest)).done()).isTrue();
        assertThat(state.ask(get()).value()).isEqualTo(largest);
        assertThat(state.ask(put(Text.of("x"))).value()).isEqualTo(largest);
        var refusal = catchThrowableOfType(StateRefusal.class, () -> state.ask(put(tooLarge)));
        assertThat(refusal.reason()).isEqualTo(StateRefusal.Reason.QUOTA);
        try (var transaction = state.begin()) {
            assertThat(transaction.ask(put(largest)).value()).isEqualTo(Text.of("x"));
            assertThat(transaction.ask(get()).value()).isEqualTo(largest);
            assertThat(transaction.commit()).isTrue();
        }
    }

    @Test
    void many_large_values_pass_in_one_answer_and_one_watch() throws Exception {
        var state = line.state("order-1");
        var watch = state.watch("*");
        var values = Map.<String, Value>of("a", text(1 << 19), "b", text(1 << 19), "c", text(9));
        for (int i = 0; i < 6; i++) {
            state.ask(new StateCommand.PutMany(values, Optional.empty()));
        }
        var all = (Value.Table) state.ask(new StateCommand.GetMany(List.of("a", "b", "c"))).value();
        assertThat(all.at("b")).isEqualTo(text(1 << 19));
        var changes = watch.next(Duration.ZERO);
        assertThat(changes).hasSizeGreaterThan(2);
        assertThat(changes.getFirst().now()).isEqualTo(text(1 << 19));
    }

    @Test
    void an_answer_is_paid_for_by_who_asked_while_it_comes_in() {
        var state = line.state("order-1");
        var values = Map.<String, Value>of("a", text(1_000_000), "b", text(1_000_000));
        state.ask(new StateCommand.PutMany(values, Optional.empty()));
        var many = new StateCommand.GetMany(List.of("a", "b"));
        assertThat(state.ask(many, purse(7_000_000)).done()).isTrue();
        assertThatThrownBy(() -> state.ask(many, purse(1_000_000)))
                .isInstanceOf(StateRefusal.class)
                .hasMessageContaining("not enough memory");
        try (var transaction = state.begin()) {
            assertThatThrownBy(() -> transaction.ask(many, purse(1_000_000)))
                    .isInstanceOf(StateRefusal.class)
                    .hasMessageContaining("not enough memory");
        }
    }

    /// An allowance of so much, which nobody may wait for.
    private static Allowance purse(long bytes) {
        var left = new AtomicLong(bytes);
        return new Allowance() {
            @Override
            public void take(long more) {
                throw new AssertionError("whoever reads an answer waits for nobody");
            }

            @Override
            public boolean tryTake(long more) {
                return left.addAndGet(-more) >= 0;
            }
        };
    }

    @Test
    void
            what_takes_more_than_the_master_takes_at_once_is_refused_and_goes_on_counting_for_nobody() {
        var state = line.state("order-1");
        var values = new HashMap<String, Value>();
        for (int i = 0; i < 20; i++) {
            values.put("k" + i, text(1_000_000));
        }
        var many = new StateCommand.PutMany(values, Optional.empty());
        for (int i = 0; i < 4; i++) {
            assertThat(code(() -> state.ask(many))).isEqualTo("SLOTH-4761");
        }
        assertThat(state.ask(put(text(1_000_000))).done()).isTrue();
    }

    // ---- events

    @Test
    void a_fact_is_kept_with_its_source_and_what_led_to_it() {
        var data = new DataTable().with("n", 1);
        var id =
                line.events("order-1", folder, (watcher, _) -> watcher.name())
                        .as("build on web1", List.of("run r1", "hook h"))
                        .dispatch(new Fact("build.done", "app", data));
        var rows = shared.store.events().behind("default", 0, 9);
        assertThat(rows).hasSize(1);
        assertThat(id).contains(Long.toString(rows.getFirst().number()));
        assertThat(rows.getFirst().source()).isEqualTo("build on web1");
        assertThat(rows.getFirst().causes()).isEqualTo("run r1\nhook h");
    }

    @Test
    void what_is_refused_of_events_where_the_store_is_is_refused_here() {
        var events =
                line.events("order-1", folder, (watcher, _) -> watcher.name()).as("me", List.of());
        var large = new Fact("a", "a", text(EventLimits.DEFAULT.dataMax()));
        assertThat(catchThrowableOfType(EventRefusal.class, () -> events.dispatch(large)).reason())
                .isEqualTo(EventRefusal.Reason.LARGE);
        var runner =
                line.events("order-1", folder, (watcher, _) -> watcher.name())
                        .as("runner", List.of());
        assertThat(code(() -> runner.dispatch(new Fact("run.succeeded", "r1", new DataTable()))))
                .isEqualTo("SLOTH-4760");
        var watcher =
                new Watcher(
                        "w",
                        Watcher.Kind.CPU,
                        "",
                        List.of("above"),
                        Duration.ofSeconds(1),
                        Map.of());
        assertThatThrownBy(() -> events.watch(watcher))
                .isInstanceOf(EventRefusal.class)
                .hasMessageContaining("SLOTH-4741");
        assertThatThrownBy(() -> events.hooks().list())
                .isInstanceOf(EventRefusal.class)
                .hasMessageContaining("SLOTH-4741");
        assertThatThrownBy(() -> events.hooks().history("page", 1))
                .isInstanceOf(EventRefusal.class)
                .hasMessageContaining("the machine of the master");
        assertThat(shared.store.events().last()).isZero();
    }

    // ---- nobody there

    @Test
    void a_call_fails_when_the_master_is_away_for_longer_than_there_is_patience()
            throws IOException {
        MasterAddress nowhere;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = new MasterAddress("127.0.0.1", socket.getLocalPort());
        }
        var alone = worker.line(nowhere, SharedWorld.LIMITS.withPatience(Duration.ofMillis(300)));
        var state = alone.state("order-1");
        var refusal = catchThrowableOfType(StateRefusal.class, () -> state.ask(get()));
        assertThat(refusal.reason()).isEqualTo(StateRefusal.Reason.AWAY);
        assertThat(refusal).hasMessageContaining(nowhere.toString()).hasMessageContaining("4701");
        assertThatThrownBy(() -> state.lock(lock(), LONG)).isInstanceOf(StateRefusal.class);
        var events =
                alone.events("order-1", folder, (watcher, _) -> watcher.name()).as("me", List.of());
        assertThat(
                        catchThrowableOfType(
                                        EventRefusal.class,
                                        () -> events.dispatch(new Fact("a", "a", Value.Nil.NIL)))
                                .reason())
                .isEqualTo(EventRefusal.Reason.AWAY);
    }

    @Test
    void an_interruption_ends_a_call_to_a_master_that_says_nothing() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var at = new MasterAddress("127.0.0.1", silent.getLocalPort());
            var state = worker.line(at, SharedWorld.LIMITS).state("order-1");
            var end = new CompletableFuture<Boolean>();
            var asking =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    var _ = state.ask(get());
                                } catch (StateRefusal _) {
                                    end.complete(Thread.currentThread().isInterrupted());
                                }
                            });
            var _ = silent.accept();
            asking.interrupt();
            assertThat(end.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_refused_command_says_why_as_it_does_where_the_store_is() {
        var state = line.state("order-1");
        state.ask(put(Text.of("x")));
        assertThatThrownBy(() -> state.ask(new StateCommand.Add("k", 1)))
                .isInstanceOfSatisfying(
                        StateRefusal.class,
                        e -> assertThat(e.reason()).isEqualTo(StateRefusal.Reason.TYPE))
                .hasMessage("'k' is a string, not a number");
        assertThat(state.ask(new StateCommand.Add("n", 2))).isEqualTo(Answer.of(2));
    }
}
