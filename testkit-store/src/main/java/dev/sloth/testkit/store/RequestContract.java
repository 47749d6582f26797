package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.Request;
import dev.sloth.core.state.StateLimits;
import dev.sloth.core.state.Sweep;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Changes of shared state that are asked for again because no answer came.
abstract class RequestContract extends Opened {
    private static final Duration LONG = Duration.ofSeconds(30);

    private Instant now = Samples.NOW;

    RequestContract(Supplier<Store> opening) {
        super(opening);
    }

    private LocalState state(Store in) {
        return new LocalState(in.state(), "asked", StateLimits.DEFAULT, () -> now, () -> now);
    }

    private static Request request(long number, Long... heard) {
        return new Request("order-1/a", number, List.of(heard));
    }

    private static StateCommand.Act add() {
        return new StateCommand.Add("n", 1);
    }

    private static StateCommand.Put put(Text text) {
        return new StateCommand.Put("t", text, Optional.empty(), false);
    }

    private static StateCommand.Lock lock(String holder) {
        return new StateCommand.Lock("deploy", holder, LONG);
    }

    private static Value get(LocalState state, String key) {
        return state.ask(new StateCommand.Get(key, Optional.empty())).value();
    }

    private static Answer asked(LocalState state, long number, Long... heard) {
        return state.ask(request(number, heard), add(), List.of());
    }

    @Test
    void a_request_that_comes_again_is_answered_as_before_and_was_done_once() {
        try (var state = state(store);
                var other = state(another())) {
            assertThat(asked(state, 1)).isEqualTo(Answer.of(1));
            assertThat(asked(state, 2)).isEqualTo(Answer.of(2));
            assertThat(asked(other, 1)).isEqualTo(Answer.of(1));
            assertThat(asked(other, 2)).isEqualTo(Answer.of(2));
            assertThat(get(state, "n")).isEqualTo(new Value.Num(2));
            var stranger = new Request("order-2/a", 1, List.of());
            assertThat(state.ask(stranger, add(), List.of())).isEqualTo(Answer.of(3));
        }
    }

    @Test
    void requests_that_come_at_the_same_moment_are_done_once() {
        try (var state = state(store);
                var other = state(another())) {
            var answers =
                    Together.all(
                            8,
                            thread -> {
                                Answer last = Answer.NOT;
                                for (int i = 1; i <= 20; i++) {
                                    last = asked(thread % 2 == 0 ? state : other, i);
                                }
                                return last;
                            });
            assertThat(answers).containsOnly(Answer.of(20));
            assertThat(get(state, "n")).isEqualTo(new Value.Num(20));
        }
    }

    @Test
    void a_request_that_was_refused_did_nothing_and_may_come_again() {
        try (var state = state(store)) {
            state.ask(new StateCommand.Put("n", Text.of("x"), Optional.empty(), false));
            assertThatThrownBy(() -> asked(state, 1)).isInstanceOf(StateRefusal.class);
            state.ask(new StateCommand.Delete("n"));
            assertThat(asked(state, 1)).isEqualTo(Answer.of(1));
            assertThat(asked(state, 1)).isEqualTo(Answer.of(1));
        }
    }

    @Test
    void a_request_that_is_settled_before_it_was_done_never_is() {
        try (var state = state(store)) {
            assertThat(state.settle(request(1))).isEqualTo(Answer.NOT);
            assertThat(asked(state, 1)).isEqualTo(Answer.NOT);
            asked(state, 2);
            assertThat(state.settle(request(2))).isEqualTo(Answer.of(1));
            assertThat(get(state, "n")).isEqualTo(new Value.Num(1));
        }
    }

    @Test
    void a_transaction_is_committed_unless_it_was_settled_before() {
        try (var state = state(store)) {
            var first = state.begin(request(1), List.of());
            var second = state.begin(request(2), List.of());
            var _ = first.ask(add());
            var _ = second.ask(new StateCommand.Add("m", 1));
            assertThat(state.settle(request(2)).done()).isFalse();
            assertThat(first.commit()).isTrue();
            assertThat(second.commit()).isFalse();
            assertThat(state.settle(request(1)).done()).isTrue();
            assertThat(get(state, "n")).isEqualTo(new Value.Num(1));
            assertThat(get(state, "m")).isEqualTo(Value.Nil.NIL);
        }
    }

    @Test
    void a_lock_that_is_asked_for_again_is_the_one_that_was_taken() throws InterruptedException {
        try (var state = state(store)) {
            var taken = state.lock(request(1), lock("ann"), LONG);
            assertThat(taken.done()).isTrue();
            assertThat(state.lock(request(1), lock("ann"), LONG)).isEqualTo(taken);
            assertThat(state.lock(request(2), lock("bob"), Duration.ZERO).done()).isFalse();
            var standing = (Value.Table) state.ask(new StateCommand.LockStanding("deploy")).value();
            assertThat(((Value.Table) standing.at("waiters")).entries()).isEmpty();
        }
    }

    @Test
    void what_was_answered_takes_no_room_of_the_namespace_and_nobody_is_told_of_it()
            throws InterruptedException {
        try (var state = state(store)) {
            var watch = state.watch("*");
            long before = state.changes("*", OptionalLong.empty(), Duration.ZERO).last();
            var plain = new Value.Num(1);
            state.ask(
                    request(1),
                    new StateCommand.Put("n", plain, Optional.empty(), false),
                    List.of());
            var stats = (Value.Table) state.ask(new StateCommand.Stats()).value();
            assertThat(stats.at("total_keys")).isEqualTo(new Value.Num(1));
            assertThat(watch.next(Duration.ZERO)).hasSize(1);
            assertThat(state.changes("*", OptionalLong.of(before), Duration.ZERO))
                    .satisfies(found -> {
                        assertThat(found.changes()).hasSize(1);
                        assertThat(found.last()).isEqualTo(before + 1);
                    });
            assertThat(state.held("*")).hasSize(1);
        }
    }

    private List<StateEntry> kept() {
        var space = "\u0001requests";
        return store.state()
                .read(view ->
                        view.outlines(space, "", 1_000).stream()
                                .map(each -> view.entry(space, each.key()).orElseThrow())
                                .toList());
    }

    @Test
    void the_last_requests_of_an_asker_are_remembered_and_none_for_ever() {
        try (var state = state(store)) {
            for (int i = 1; i <= Request.REMEMBERED_MAX + 10; i++) {
                asked(state, i);
            }
            assertThat(kept()).hasSize(Request.REMEMBERED_MAX);
            assertThat(asked(state, 11)).isEqualTo(Answer.of(11));

            now = now.plus(Request.REMEMBERED);
            var sweep = new Sweep(store.state(), StateLimits.DEFAULT, () -> now);
            while (sweep.step()) {
                // Until nothing is left to do.
            }
            assertThat(kept()).isEmpty();
            StateUsage usage = store.state().read(view -> view.usage("\u0001requests"));
            assertThat(usage).isEqualTo(StateUsage.NOTHING);
        }
    }

    @Test
    void a_long_answer_is_kept_until_it_has_come() {
        var text = Text.of("x".repeat(10_000));
        try (var state = state(store)) {
            state.ask(put(text));
            var long1 = state.ask(request(1), put(Text.of("y")), List.of());
            assertThat(long1.value()).isEqualTo(text);
            assertThat(state.ask(request(1), put(Text.of("y")), List.of())).isEqualTo(long1);
            asked(state, 2, 1L);
            assertThat(kept()).hasSize(2).allMatch(entry -> entry.value().length < 100);
            state.ask(put(Text.of("z")));
            state.ask(request(1), put(Text.of("y")), List.of());
            assertThat(get(state, "t")).isEqualTo(Text.of("z"));
        }
    }
}
