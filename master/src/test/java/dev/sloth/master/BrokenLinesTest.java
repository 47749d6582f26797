package dev.sloth.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.remote.MasterLine;
import dev.sloth.api.event.Fact;
import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.store.state.StateWaiter;
import dev.sloth.master.rpc.Acting;
import dev.sloth.testkit.Gen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Shared state and events over connections that break.
@Timeout(120)
final class BrokenLinesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private SharedWorld shared;
    private Proxy proxy;
    private MasterLine line;
    private LocalState kept;
    private SharedState state;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void open() throws IOException {
        shared = new SharedWorld(folder);
        proxy = shared.proxy();
        var worker = shared.worker("web1");
        worker.given("order-1", new Acting("default", List.of()));
        line = worker.line(proxy.address(), SharedWorld.LIMITS);
        kept = shared.state("default");
        state = line.state("order-1");
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        shared.close();
    }

    private static StateCommand.Act add() {
        return new StateCommand.Add("n", 1);
    }

    private double count() {
        return kept.ask(new StateCommand.Get("n", Optional.empty())).value()
                        instanceof Value.Num(double count)
                ? count
                : 0;
    }

    private void awaitCount(double wanted) {
        await(() -> count() == wanted);
    }

    private static void await(BooleanSupplier wanted) {
        var end = System.nanoTime() + LONG.toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("nanoseconds too late").isNegative();
            Thread.onSpinWait();
        }
    }

    private <T> Future<T> meanwhile(Callable<T> work) {
        return threads.submit(work);
    }

    private static <T> T got(Future<T> future) throws Exception {
        return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void a_change_whose_answer_was_lost_is_done_once() throws Exception {
        assertThat(state.ask(add())).isEqualTo(Answer.of(1));
        proxy.holdAnswers();
        var asked = meanwhile(() -> state.ask(add()));
        awaitCount(2);
        proxy.cut();
        assertThat(got(asked)).isEqualTo(Answer.of(2));
        assertThat(state.ask(add())).isEqualTo(Answer.of(3));
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void a_change_that_did_not_come_to_the_master_is_asked_for_again() throws Exception {
        assertThat(state.ask(add())).isEqualTo(Answer.of(1));
        proxy.holdRequests();
        var asked = meanwhile(() -> state.ask(add()));
        proxy.cut();
        assertThat(got(asked)).isEqualTo(Answer.of(2));
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void however_often_connections_break_every_change_is_done_once() throws Exception {
        final int each = 60;
        final int beside = 4;
        var gen = new Gen(System.nanoTime(), Gen.SIZE_MAX);
        proxy.cutAfter(() -> 6_000 + gen.below(8_000));
        var all = new ArrayList<Future<Double>>();
        for (int i = 0; i < beside; i++) {
            all.add(meanwhile(() -> added(each)));
        }
        for (var one : all) {
            got(one);
        }
        assertThat(count()).isEqualTo(each * beside);
    }

    private double added(int times) {
        double last = 0;
        for (int i = 0; i < times; i++) {
            double now = ((Value.Num) state.ask(add()).value()).value();
            assertThat(now).isGreaterThan(last);
            last = now;
        }
        return last;
    }

    @Test
    void a_change_outlives_the_master_that_was_asked() throws Exception {
        state.ask(add());
        proxy.holdAnswers();
        var asked = meanwhile(() -> state.ask(add()));
        awaitCount(2);
        shared.world.restart();
        proxy.cut();
        assertThat(got(asked)).isEqualTo(Answer.of(2));
        assertThat(count()).isEqualTo(2);
    }

    // ---- locks

    private static StateCommand.Lock lock(String holder) {
        return new StateCommand.Lock("deploy", holder, LONG);
    }

    private Optional<Value.Table> standing() {
        var standing = kept.ask(new StateCommand.LockStanding("deploy"));
        return standing.done() ? Optional.of((Value.Table) standing.value()) : Optional.empty();
    }

    /// How many wait; -1 when the lock is free.
    private int waiters() {
        return standing().map(held -> ((Value.Table) held.at("waiters")).length()).orElse(-1);
    }

    private void awaitWaiters(int wanted) {
        await(() -> waiters() == wanted);
    }

    @Test
    void whoever_is_interrupted_while_waiting_for_a_lock_leaves_the_row() throws Exception {
        kept.ask(lock("ann"));
        var waiting = meanwhile(() -> state.lock(lock("bob"), LONG));
        awaitWaiters(1);
        waiting.cancel(true);
        awaitWaiters(0);
    }

    @Test
    void whoever_is_interrupted_when_the_lock_is_given_does_not_keep_it() throws Exception {
        var held = kept.ask(lock("ann"));
        var waiting = meanwhile(() -> state.lock(lock("bob"), LONG));
        awaitWaiters(1);
        proxy.holdAnswers();
        release(held);
        await(() -> isHeldBy("bob"));
        waiting.cancel(true);
        proxy.cut();
        await(() -> standing().isEmpty());
    }

    private boolean isHeldBy(String holder) {
        return standing().filter(now -> now.at("holder").equals(Text.of(holder))).isPresent();
    }

    private void release(Answer held) {
        long token = (long) ((Value.Num) held.value()).value();
        assertThat(kept.ask(new StateCommand.Unlock("deploy", token)).done()).isTrue();
    }

    @Test
    void a_lock_whose_answer_was_lost_is_taken_once() throws Exception {
        var held = kept.ask(lock("ann"));
        var waiting = meanwhile(() -> state.lock(lock("bob"), LONG));
        awaitWaiters(1);
        proxy.holdAnswers();
        release(held);
        await(() -> isHeldBy("bob"));
        proxy.cut();
        var taken = got(waiting);
        assertThat(standing().orElseThrow().at("token")).isEqualTo(taken.value());
        assertThat(waiters()).isZero();
    }

    @Test
    void many_who_wait_keep_nobody_from_giving_a_lock_back() throws Exception {
        final int many = 300;
        var held = state.ask(lock("ann"));
        var waiting = new ArrayList<Future<Answer>>();
        for (int i = 0; i < many; i++) {
            waiting.add(meanwhile(() -> handedOn(state.lock(lock("bob"), LONG))));
        }
        await(() -> waiters() >= 250);
        handedOn(held);
        for (var one : waiting) {
            assertThat(got(one).done()).isTrue();
        }
        assertThat(standing()).isEmpty();
    }

    private Answer handedOn(Answer held) {
        long token = (long) ((Value.Num) held.value()).value();
        return state.ask(new StateCommand.Unlock("deploy", token));
    }

    @Test
    void whoever_waits_for_a_lock_waits_on_when_the_connection_breaks() throws Exception {
        var held = kept.ask(lock("ann"));
        var waiting = meanwhile(() -> state.lock(lock("bob"), LONG));
        awaitWaiters(1);
        long before = ticket();
        proxy.cut();
        await(() -> ticket() > before);
        awaitWaiters(1);
        release(held);
        assertThat(got(waiting).done()).isTrue();
    }

    /// Of who waits first; 0 when nobody does.
    private long ticket() {
        return shared.store
                .state()
                .<Long>read(view ->
                        view.waiters("default", "deploy").stream()
                                .findFirst()
                                .map(StateWaiter::number)
                                .orElse(0L));
    }

    // ---- transactions

    @Test
    void a_transaction_whose_connection_breaks_does_nothing_and_can_be_done_again() {
        try (var transaction = state.begin()) {
            assertThat(transaction.ask(add())).isEqualTo(Answer.of(1));
            proxy.cut();
            assertThat(transaction.commit()).isFalse();
        }
        assertThat(count()).isZero();
        try (var transaction = state.begin()) {
            assertThat(transaction.ask(add())).isEqualTo(Answer.of(1));
            assertThat(transaction.holds()).isTrue();
            assertThat(transaction.commit()).isTrue();
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void what_is_asked_in_a_transaction_that_broke_is_a_conflict() {
        try (var transaction = state.begin()) {
            transaction.ask(add());
            proxy.cut();
            assertThat(refusal(() -> transaction.ask(add())))
                    .isEqualTo(StateRefusal.Reason.CONFLICT);
            assertThat(transaction.holds()).isFalse();
            assertThat(transaction.commit()).isFalse();
        }
        assertThat(count()).isZero();
    }

    private static StateRefusal.Reason refusal(Runnable asking) {
        try {
            asking.run();
            throw new AssertionError("not refused");
        } catch (StateRefusal e) {
            return e.reason();
        }
    }

    @Test
    void a_commit_whose_answer_was_lost_is_known_to_be_done() throws Exception {
        try (var transaction = state.begin()) {
            transaction.ask(add());
            proxy.holdAnswers();
            var committed = meanwhile(transaction::commit);
            awaitCount(1);
            proxy.cut();
            assertThat(got(committed)).isTrue();
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void a_commit_that_did_not_come_to_the_master_is_known_not_to_be_done() throws Exception {
        try (var transaction = state.begin()) {
            transaction.ask(add());
            proxy.holdRequests();
            var committed = meanwhile(transaction::commit);
            proxy.cut();
            assertThat(got(committed)).isFalse();
        }
        assertThat(count()).isZero();
    }

    @Test
    void however_often_connections_break_transactions_count_right() throws Exception {
        var gen = new Gen(System.nanoTime(), Gen.SIZE_MAX);
        proxy.cutAfter(() -> 6_000 + gen.below(8_000));
        var all = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 2; i++) {
            all.add(meanwhile(() -> moved(25)));
        }
        for (var one : all) {
            got(one);
        }
        assertThat(count()).isEqualTo(50);
    }

    private int moved(int times) {
        int done = 0;
        while (done < times) {
            try (var transaction = state.begin()) {
                double there = number(transaction.ask(new StateCommand.Get("n", Optional.empty())));
                var put = new Value.Num(there + 1);
                transaction.ask(new StateCommand.Put("n", put, Optional.empty(), false));
                done += transaction.commit() ? 1 : 0;
            } catch (StateRefusal e) {
                assertThat(e.reason()).isEqualTo(StateRefusal.Reason.CONFLICT);
            }
        }
        return done;
    }

    private static double number(Answer answer) {
        return answer.value() instanceof Value.Num(double number) ? number : 0;
    }

    // ---- changes

    @Test
    void a_watch_goes_on_over_broken_connections_and_neither_loses_nor_doubles_a_change()
            throws Exception {
        var watch = state.watch("n");
        var seen = new ArrayList<Value>();
        for (int i = 1; i <= 40; i++) {
            kept.ask(add());
            if (i % 5 == 0) {
                proxy.cut();
            }
            if (i % 3 == 0) {
                watch.next(Duration.ZERO).stream().map(StateChange::now).forEach(seen::add);
            }
        }
        var waiting = meanwhile(() -> watch.next(LONG));
        got(waiting).stream().map(StateChange::now).forEach(seen::add);
        var later = meanwhile(() -> watch.next(LONG));
        proxy.cut();
        kept.ask(add());
        got(later).stream().map(StateChange::now).forEach(seen::add);

        var expected = new ArrayList<Value>();
        for (int i = 1; i <= 41; i++) {
            expected.add(new Value.Num(i));
        }
        assertThat(seen).isEqualTo(expected);
    }

    // ---- events

    @Test
    void a_fact_whose_answer_was_lost_is_kept_once() throws Exception {
        var events =
                line.events("order-1", folder, (watcher, _) -> watcher.name())
                        .as("build on web1", List.of());
        var first = events.dispatch(new Fact("build.began", "app", new DataTable()));
        proxy.holdAnswers();
        var told = meanwhile(() -> events.dispatch(new Fact("build.done", "app", new DataTable())));
        await(() -> shared.store.events().behind("default", 0, 9).size() == 2);
        proxy.cut();
        assertThat(got(told)).isNotEqualTo(first);
        assertThat(shared.store.events().behind("default", 0, 9)).hasSize(2);
    }
}
