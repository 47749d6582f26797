package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.state.SharedState.Transaction;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What shared state answers is paid for by who asks, while it is read.
final class PaidAnswersTest {
    private static final int LARGE = 100_000;

    private final LocalState state =
            new LocalState(
                    MemoryStore.open(new MemoryDisk()).state(),
                    "a",
                    StateLimits.DEFAULT,
                    () -> Samples.NOW,
                    () -> Samples.NOW);

    /// An allowance with so much left, which nobody may wait for.
    private static final class Purse implements Allowance {
        private long left;

        Purse(long left) {
            this.left = left;
        }

        @Override
        public void take(long bytes) {
            throw new AssertionError("who reads the store waits for nobody");
        }

        @Override
        public boolean tryTake(long bytes) {
            boolean has = bytes <= left;
            left -= has ? bytes : 0;
            return has;
        }
    }

    @BeforeEach
    void fill() {
        var text = Text.of("x".repeat(LARGE));
        for (int i = 0; i < 10; i++) {
            state.ask(new StateCommand.Put("v" + i, text, Optional.empty(), false));
            state.ask(new StateCommand.Push("list", text, StateCommand.End.BACK));
            state.ask(new StateCommand.PutField("hash", "f" + i, text));
            state.ask(new StateCommand.AddMember("set", Text.of(i + "x".repeat(LARGE))));
        }
    }

    @AfterEach
    void close() {
        state.close();
    }

    private static StateCommand many() {
        return new StateCommand.GetMany(
                List.of("v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9"));
    }

    private static final List<StateCommand> LOOKS =
            List.of(
                    many(),
                    new StateCommand.Get("list", Optional.empty()),
                    new StateCommand.Get("hash", Optional.empty()),
                    new StateCommand.Get("list", Optional.of(Samples.NOW)),
                    new StateCommand.Range("list", 1, -1),
                    new StateCommand.Fields("hash"),
                    new StateCommand.Members("set"));

    private static void refused(Runnable asking) {
        assertThatThrownBy(asking::run)
                .isInstanceOf(StateRefusal.class)
                .hasMessageContaining("not enough memory");
    }

    @Test
    void an_answer_takes_about_what_it_is() {
        for (var look : LOOKS) {
            var purse = new Purse(12 * LARGE);
            assertThat(state.ask(look, purse).done()).as(look.toString()).isTrue();
            assertThat(purse.left).as(look.toString()).isBetween(0L, 2L * LARGE);
        }
    }

    @Test
    void an_answer_that_cannot_be_paid_for_is_refused() {
        for (var look : LOOKS) {
            refused(() -> state.ask(look, new Purse(8 * LARGE)));
        }
        refused(() -> state.ask(new StateCommand.Keys("*", "", 100), new Purse(100)));
    }

    @Test
    void a_transaction_is_paid_for_by_who_asks_in_it() {
        try (Transaction transaction = state.begin()) {
            refused(() -> transaction.ask(many(), new Purse(8 * LARGE)));
            assertThat(transaction.ask(many(), new Purse(12 * LARGE)).done()).isTrue();
            assertThat(transaction.commit()).isTrue();
        }
    }

    @Test
    void what_a_change_answers_is_paid_for_too() {
        refused(() ->
                state.ask(new StateCommand.Pop("list", StateCommand.End.BACK), new Purse(100)));
    }

    @Test
    void one_command_writes_no_more_than_one_answer_may_have() {
        Map<String, Value> values = new HashMap<>();
        var text = Text.of("y".repeat(1_000_000));
        for (int i = 0; i < 70; i++) {
            values.put("w" + i, text);
        }
        assertThatThrownBy(() -> state.ask(new StateCommand.PutMany(values, Optional.empty())))
                .isInstanceOf(StateRefusal.class)
                .hasMessageContaining("state.max_answer");
        assertThat(state.ask(new StateCommand.Exists("w0")).done()).isFalse();
    }
}
