package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.Held;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.core.state.Sweep;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateLock;
import dev.sloth.core.store.state.StateWaiter;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What shared state answers on a store, beside a model of it.
abstract class SharedStateContract extends OpenedStates {
    private static final int COMMANDS = 60;

    private final AtomicInteger spaces = new AtomicInteger();

    SharedStateContract(Supplier<Store> opening, Function<LocalState, SharedState> sight) {
        super(opening, sight);
    }

    /// What was there at a time.
    private record Then(Instant at, Map<String, Value> all) {}

    @Test
    void every_answer_is_that_of_the_model_and_so_is_every_look_back() {
        Gen.forAll(
                40,
                gen -> {
                    var model = new StateModel();
                    var past = new ArrayList<Then>();
                    now = Samples.NOW;
                    try (var state = state("space-" + spaces.incrementAndGet())) {
                        var commands = new StateCommands(gen);
                        for (int i = 0; i < COMMANDS; i++) {
                            step(commands.draw(), state, model);
                            // Of what was there within one moment, the last counts.
                            past.removeIf(then -> then.at().equals(now));
                            past.add(new Then(now, model.all(now)));
                            now = now.plusMillis(gen.below(1_500));
                        }
                        lookBack(state, past);
                        counted(state, model);
                    }
                });
    }

    @Test
    void a_table_that_names_a_member_twice_is_a_set_that_has_it_once() {
        try (var state = state("twice")) {
            var twice = DataTable.list(List.of(Text.of("x"), Text.of("x")));
            state.ask(new StateCommand.Put("set", twice, Optional.empty(), false));
            assertThat(state.ask(new StateCommand.Members("set")).value())
                    .isEqualTo(DataTable.list(List.of(Text.of("x"))));
        }
    }

    @Test
    void a_table_without_anything_is_a_list_of_which_nothing_can_be_taken() {
        try (var state = state("empty-table")) {
            var put = new StateCommand.Put("queue", new DataTable(), Optional.empty(), false);
            for (var end : StateCommand.End.values()) {
                assertThat(state.ask(put).done()).isTrue();
                assertThat(state.ask(new StateCommand.Pop("queue", end))).isEqualTo(Answer.NOT);
                assertThat(state.ask(new StateCommand.Length("queue"))).isEqualTo(Answer.of(0));
            }
        }
    }

    private void step(StateCommand command, TestedState state, StateModel model) {
        var expected = refusedOrDone(() -> model.answer(command, now));
        var answer = refusedOrDone(() -> state.ask(command));
        assertThat(answer).as("%s", command).isEqualTo(expected);
    }

    static Optional<Answer> refusedOrDone(Supplier<Answer> ask) {
        try {
            return Optional.of(ask.get());
        } catch (StateRefusal e) {
            assertThat(e.reason()).isEqualTo(StateRefusal.Reason.TYPE);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void lookBack(TestedState state, List<Then> past) {
        for (var then : past) {
            for (var key : List.of("a", "b", "c/1")) {
                var answer = state.ask(new StateCommand.Get(key, Optional.of(then.at())));
                var expected = Optional.ofNullable(then.all().get(key));
                assertThat(answer)
                        .as("%s at %s", key, then.at())
                        .isEqualTo(expected.map(Answer::of).orElse(Answer.NOT));
            }
        }
    }

    /// The books agree with what is there.
    private void counted(TestedState state, StateModel model) {
        state.ask(new StateCommand.CleanUp());
        var stats = (Value.Table) state.ask(new StateCommand.Stats()).value();
        assertThat(stats.at("total_keys")).isEqualTo(new Value.Num(model.all(now).size()));
        double size = 0;
        for (var key : model.all(now).keySet()) {
            size += ((Value.Num) state.ask(new StateCommand.Size(key)).value()).value();
        }
        assertThat(stats.at("total_size")).isEqualTo(new Value.Num(size));
    }

    @Test
    void a_lock_is_given_to_those_who_wait_in_the_order_of_their_coming() throws Exception {
        now = Samples.NOW;
        try (var state = state("locks")) {
            var held = state.ask(lock("first"));
            var order = Collections.synchronizedList(new ArrayList<String>());
            var threads = new ArrayList<Thread>();
            for (var who : List.of("second", "third", "fourth")) {
                threads.add(Thread.ofVirtual().start(() -> wait(state, who, order)));
                awaitWaiters(state, threads.size());
            }
            assertThat(state.ask(lock("stranger")).done()).isFalse();
            release(state, held);
            for (var thread : threads) {
                thread.join();
            }
            assertThat(order).containsExactly("second", "third", "fourth");
        }
    }

    private static StateCommand.Lock lock(String who) {
        return new StateCommand.Lock("deploy", who, Duration.ofSeconds(30));
    }

    private static void release(TestedState state, Answer held) {
        long token = (long) ((Value.Num) held.value()).value();
        assertThat(state.ask(new StateCommand.Unlock("deploy", token)).done()).isTrue();
    }

    private static void wait(TestedState state, String who, List<String> order) {
        try {
            var answer = state.lock(lock(who), Duration.ofSeconds(60));
            order.add(who);
            release(state, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitWaiters(TestedState state, int count) {
        while (true) {
            var standing = state.ask(new StateCommand.LockStanding("deploy")).value();
            if (((Value.Table) ((Value.Table) standing).at("waiters")).length() == count) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void a_token_that_is_stale_writes_nothing() {
        now = Samples.NOW;
        try (var state = state("fenced")) {
            long token = (long) ((Value.Num) state.ask(lock("ann")).value()).value();
            var put =
                    new StateCommand.Fenced(
                            token,
                            new StateCommand.Put("a", new Value.Num(1), Optional.empty(), false));
            assertThat(state.ask(put).done()).isTrue();
            now = now.plusSeconds(30);

            assertThat(refusal(state, put)).isEqualTo(StateRefusal.Reason.STALE);
            long next = (long) ((Value.Num) state.ask(lock("bob")).value()).value();
            assertThat(next).isGreaterThan(token);
            assertThat(refusal(state, put)).isEqualTo(StateRefusal.Reason.STALE);
        }
    }

    private static StateRefusal.Reason refusal(TestedState state, StateCommand command) {
        try {
            throw new AssertionError(state.ask(command).toString());
        } catch (StateRefusal e) {
            return e.reason();
        }
    }

    private static double number(TestedState state, String key) {
        return ((Value.Num) state.ask(new StateCommand.Get(key, Optional.empty())).value()).value();
    }

    private static StateCommand put(String key, double number) {
        return new StateCommand.Put(key, new Value.Num(number), Optional.empty(), false);
    }

    @Test
    void a_watch_misses_nothing_between_its_looks() throws InterruptedException {
        try (var state = state("watched")) {
            var watch = state.watch("n*");
            for (int i = 1; i <= 600; i++) {
                state.ask(put("n", i));
                state.ask(put("other", i));
            }
            double last = 0;
            while (last < 600) {
                for (var change : watch.next(Duration.ofSeconds(10))) {
                    assertThat(change.now()).isEqualTo(new Value.Num(last + 1));
                    last++;
                }
            }
            assertThat(watch.next(Duration.ZERO)).isEmpty();
        }
    }

    // ---- sweeping

    private int sweep() {
        var sweep = new Sweep(store.state(), StateLimits.DEFAULT, () -> now);
        int steps = 0;
        while (sweep.step()) {
            steps++;
        }
        return steps;
    }

    private static StateCommand.Put brief(String key) {
        return new StateCommand.Put(
                key, new Value.Num(1), Optional.of(Duration.ofSeconds(1)), false);
    }

    private static double stat(TestedState state, String name) {
        return ((Value.Num) ((Value.Table) state.ask(new StateCommand.Stats()).value()).at(name))
                .value();
    }

    @Test
    void a_sweep_removes_what_has_expired_in_all_namespaces_and_tells_of_it()
            throws InterruptedException {
        now = Samples.NOW;
        try (var one = state("one");
                var other = state("other")) {
            one.ask(brief("gone"));
            one.ask(put("stays", 1));
            other.ask(new StateCommand.Push("gone", new Value.Num(7), StateCommand.End.BACK));
            other.ask(new StateCommand.Expire("gone", Optional.of(Duration.ofSeconds(1))));
            var watch = other.watch("*");
            now = now.plusSeconds(1);

            assertThat(sweep()).isPositive();
            assertThat(stat(one, "expired")).isEqualTo(1);
            assertThat(stat(one, "total_keys")).isEqualTo(1);
            assertThat(stat(other, "expired")).isEqualTo(1);
            assertThat(stat(other, "total_size")).isZero();
            assertThat(watch.next(Duration.ZERO))
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.expired()).isTrue();
                        assertThat(change.old()).isEqualTo(new Value.Num(7));
                        assertThat(change.now()).isEqualTo(Value.Nil.NIL);
                    });
            assertThat(sweep()).isZero();
        }
    }

    @Test
    void a_sweep_of_much_is_done_in_parts() {
        now = Samples.NOW;
        try (var state = state("many")) {
            var values = new TreeMap<String, Value>();
            for (int i = 0; i < 1_200; i++) {
                values.put("k" + i, new Value.Num(i));
            }
            state.ask(new StateCommand.PutMany(values, Optional.of(Duration.ofSeconds(1))));
            now = now.plusSeconds(1);

            assertThat(sweep()).isEqualTo(3);
            assertThat(stat(state, "expired")).isEqualTo(1_200);
            assertThat(stat(state, "total_keys")).isZero();
        }
    }

    @Test
    void a_sweep_forgets_what_is_older_than_the_history() {
        now = Samples.NOW;
        try (var state = state("old")) {
            state.local().ask(put("a", 1));
            now = now.plus(StateLimits.DEFAULT.history());
            state.local().ask(put("a", 2));
            assertThat(sweep()).isZero();
            now = now.plusNanos(1);

            assertThat(sweep()).isPositive();
            assertThat(store.state().<List<StateFact>>read(view -> view.changes("old", 0, 9)))
                    .hasSize(1);
            assertThat(number(state, "a")).isEqualTo(2);
        }
    }

    @Test
    void a_sweep_removes_locks_that_ended_and_those_who_are_not_heard_of() {
        now = Samples.NOW;
        try (var state = state("locks")) {
            state.ask(lock("ann"));
            state.ask(new StateCommand.Lock("short", "bob", Duration.ofSeconds(1)));
            store.state()
                    .write(edit ->
                            edit.enqueue(
                                    new StateWaiter(
                                            0, "locks", "deploy", "eve", now, now.plusSeconds(1))));
            now = now.plusSeconds(1);

            assertThat(sweep()).isPositive();
            assertThat(
                            store.state()
                                    .<List<StateWaiter>>read(
                                            view -> view.waiters("locks", "deploy")))
                    .isEmpty();
            assertThat(store.state().<Optional<StateLock>>read(view -> view.lock("locks", "short")))
                    .isEmpty();
            assertThat(state.ask(new StateCommand.LockStanding("deploy")).done()).isTrue();
            assertThat(sweep()).isZero();
        }
    }

    @Test
    void a_watch_of_a_quiet_namespace_survives_that_changes_of_others_are_forgotten()
            throws InterruptedException {
        now = Samples.NOW;
        try (var quiet = state("quiet");
                var busy = state("busy")) {
            var watch = quiet.watch("*");
            busy.ask(put("a", 1));
            assertThat(watch.next(Duration.ZERO)).isEmpty();
            now = now.plus(StateLimits.DEFAULT.history()).plusSeconds(1);
            sweep();
            quiet.ask(put("b", 2));

            assertThat(watch.next(Duration.ZERO)).extracting(StateChange::key).containsExactly("b");
        }
    }

    // ---- taking out and bringing back

    private static void fill(TestedState state) {
        state.ask(new StateCommand.Put("a", Text.of("x"), Optional.of(Duration.ofHours(1)), false));
        state.ask(new StateCommand.Push("l", new Value.Num(2), StateCommand.End.BACK));
        state.ask(new StateCommand.Push("l", new Value.Num(1), StateCommand.End.FRONT));
        state.ask(new StateCommand.PutField("h", "f", Value.Bool.TRUE));
        state.ask(new StateCommand.AddMember("s", Text.of("m")));
    }

    @Test
    void what_is_taken_out_is_brought_back_as_it_was_in_place_of_what_is_there() {
        now = Samples.NOW;
        try (var one = state("one");
                var other = state("other")) {
            fill(one);
            other.ask(put("l", 7));
            other.ask(put("stays", 8));
            var all = one.held("*");
            other.hold(all, List.of());

            assertThat(other.held("?")).isEqualTo(all);
            assertThat(stat(other, "total_keys")).isEqualTo(5);
            assertThat(stat(other, "total_size"))
                    .isEqualTo(stat(one, "total_size") + sized(other, "stays"));
            assertThat(other.ask(new StateCommand.Pop("l", StateCommand.End.FRONT)).value())
                    .isEqualTo(new Value.Num(1));
            assertThat(one.held("[hl]")).extracting(Held::key).containsExactly("h", "l");
            now = now.plus(Duration.ofHours(1));
            assertThat(other.held("a")).isEmpty();
        }
    }

    private static double sized(TestedState state, String key) {
        return ((Value.Num) state.ask(new StateCommand.Size(key)).value()).value();
    }

    @Test
    @Timeout(60)
    void a_list_as_long_as_one_may_be_is_brought_back_in_little_time() {
        now = Samples.NOW;
        int length = StateLimits.DEFAULT.itemsMax();
        var items = Collections.nCopies(length, (Value) Value.Bool.TRUE);
        var held = new Held("l", StateEntry.Kind.LIST, DataTable.list(items), Optional.empty());
        try (var state = state("long")) {
            state.hold(List.of(held), List.of());
            assertThat(state.ask(new StateCommand.Length("l"))).isEqualTo(Answer.of(length));
        }
    }

    @Test
    void a_count_that_cannot_be_held_exactly_is_refused_and_stays() {
        now = Samples.NOW;
        double most = 1L << 53;
        try (var state = state("counts")) {
            assertThat(add(state, most - 1)).isEqualTo(most - 1);
            assertThat(add(state, 1)).isEqualTo(most);
            for (double delta : new double[] {1, 0.5, 3, -0.25}) {
                assertThatThrownBy(() -> add(state, delta))
                        .isInstanceOf(StateRefusal.class)
                        .hasMessageContaining("exactly up to 9007199254740992");
            }
            assertThat(add(state, 2)).as("it is a number that is held").isEqualTo(most + 2);
            assertThat(add(state, -2 - most)).isZero();
            assertThat(add(state, 0.1) + add(state, 0.2)).isBetween(0.39, 0.41);
        }
    }

    private static double add(TestedState state, double delta) {
        return ((Value.Num) state.ask(new StateCommand.Add("n", delta)).value()).value();
    }

    @Test
    void a_time_to_live_beyond_the_limit_is_refused_with_the_limit_however_long_it_is() {
        now = Samples.NOW;
        try (var state = state("ttl")) {
            for (var ttl :
                    List.of(StateLimits.TTL_MAX.plusMillis(1), Duration.ofSeconds(1L << 60))) {
                var put = new StateCommand.Put("k", Text.of("v"), Optional.of(ttl), false);
                assertThatThrownBy(() -> state.ask(put))
                        .isInstanceOf(StateRefusal.class)
                        .hasMessageContaining("at most 36500 days");
            }
        }
    }

    @Test
    void when_one_cannot_be_brought_back_none_is() {
        now = Samples.NOW;
        var good = new Held("a", StateEntry.Kind.VALUE, new Value.Num(1), Optional.empty());
        var tooLong = Optional.of(StateLimits.TTL_MAX.plusSeconds(1));
        var bad =
                List.of(
                        new Held("b", StateEntry.Kind.LIST, new Value.Num(1), Optional.empty()),
                        new Held("b", StateEntry.Kind.SET, new DataTable(), Optional.empty()),
                        new Held(
                                "b",
                                StateEntry.Kind.LIST,
                                new DataTable().with("x", 1),
                                Optional.empty()),
                        new Held(
                                "b",
                                StateEntry.Kind.HASH,
                                DataTable.list(List.of(Text.of("x"))),
                                Optional.empty()),
                        new Held("", StateEntry.Kind.VALUE, Text.of("x"), Optional.empty()),
                        new Held("b", StateEntry.Kind.VALUE, Text.of("x"), tooLong));
        try (var state = state("none")) {
            for (var held : bad) {
                assertThatThrownBy(() -> state.hold(List.of(good, held), List.of()))
                        .isInstanceOf(StateRefusal.class);
                assertThat(state.held("*")).isEmpty();
                assertThat(stat(state, "total_keys")).isZero();
            }
        }
    }

    @Test
    void a_watch_tells_of_a_value_whose_time_is_up_though_nobody_sweeps()
            throws InterruptedException {
        now = Samples.NOW;
        try (var state = state("expiring")) {
            var watch = state.watch("*");
            var ttl = Optional.of(Duration.ofSeconds(1));
            state.ask(new StateCommand.Put("k", new Value.Num(1), ttl, false));
            assertThat(watch.next(Duration.ZERO)).hasSize(1);

            now = now.plusSeconds(2);
            assertThat(watch.next(Duration.ZERO))
                    .singleElement()
                    .matches(change -> change.key().equals("k") && change.expired());
        }
    }
}
