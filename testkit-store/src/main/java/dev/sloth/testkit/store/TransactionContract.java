package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.store.Store;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Commands of shared state that are done as one.
abstract class TransactionContract extends OpenedStates {
    private static final int COMMANDS = 60;

    private final AtomicInteger spaces = new AtomicInteger();

    TransactionContract(Supplier<Store> opening, Function<LocalState, SharedState> sight) {
        super(opening, sight);
    }

    private static StateCommand get(String key) {
        return new StateCommand.Get(key, Optional.empty());
    }

    private static StateCommand put(String key, double number) {
        return new StateCommand.Put(key, new Value.Num(number), Optional.empty(), false);
    }

    @Test
    void a_transaction_answers_and_leaves_what_its_commands_would_one_by_one() {
        Gen.forAll(
                60,
                gen -> {
                    now = Samples.NOW;
                    int number = spaces.incrementAndGet();
                    try (var apart = state("apart-" + number);
                            var together = state("together-" + number);
                            var elsewhere = state("elsewhere-" + number)) {
                        var commands = new StateCommands(gen);
                        for (var command : gen.list(COMMANDS / 3, commands::draw)) {
                            same(command, () -> together.ask(command), apart);
                        }
                        now = now.plusMillis(gen.below(5_000));
                        var transaction = together.begin();
                        for (var command : gen.list(COMMANDS, commands::draw)) {
                            if (gen.chance(20)) {
                                var _ = elsewhere.ask(new StateCommand.Add("x", 1));
                            }
                            same(command, () -> transaction.ask(command), apart);
                        }
                        assertThat(transaction.holds()).isTrue();
                        assertThat(transaction.commit()).isTrue();
                        assertThat(together.held("*")).isEqualTo(apart.held("*"));
                        for (var figure : List.of("total_keys", "total_size", "expired")) {
                            assertThat(figure(together, figure)).isEqualTo(figure(apart, figure));
                        }
                    }
                });
    }

    private static Value figure(TestedState state, String name) {
        return ((Value.Table) state.ask(new StateCommand.Stats()).value()).at(name);
    }

    private static void same(StateCommand command, Supplier<Answer> ask, TestedState other) {
        var expected = SharedStateContract.refusedOrDone(() -> other.ask(command));
        assertThat(SharedStateContract.refusedOrDone(ask)).as("%s", command).isEqualTo(expected);
    }

    @Test
    void locks_are_taken_and_given_back_in_a_transaction_as_outside() {
        now = Samples.NOW;
        try (var state = state("locks-in-a-transaction")) {
            var transaction = state.begin();
            var ann = new StateCommand.Lock("deploy", "ann", Duration.ofSeconds(30));
            var bob = new StateCommand.Lock("deploy", "bob", Duration.ofSeconds(30));
            var held = transaction.ask(ann);
            long token = (long) ((Value.Num) held.value()).value();
            assertThat(transaction.ask(bob).done()).isFalse();
            assertThat(transaction.ask(new StateCommand.Locks("*")).value())
                    .isEqualTo(DataTable.list(List.of(Text.of("deploy"))));
            var put = new StateCommand.Put("a", new Value.Num(1), Optional.empty(), false);
            assertThat(transaction.ask(new StateCommand.Fenced(token, put)).done()).isTrue();
            assertThat(state.ask(new StateCommand.LockStanding("deploy")).done()).isFalse();
            assertThat(transaction.commit()).isTrue();

            assertThat(state.ask(bob).done()).isFalse();
            assertThat(state.ask(new StateCommand.Unlock("deploy", token)).done()).isTrue();
        }
    }

    @Test
    void transactions_that_meet_lose_nothing() {
        now = Samples.NOW;
        try (var state = state("transactions");
                var other = state(another(), "transactions")) {
            Together.all(
                    8,
                    number -> {
                        for (int i = 0; i < 20; i++) {
                            moved(number % 2 == 0 ? state : other);
                        }
                        return true;
                    });
            assertThat(read(state.ask(get("one")))).isEqualTo(-160);
            assertThat(read(state.ask(get("other")))).isEqualTo(160);
        }
    }

    /// Moves one from one number to the other, written by hand so that both are read first.
    private static void moved(TestedState state) {
        while (true) {
            try {
                var transaction = state.begin();
                double one = read(transaction.ask(get("one")));
                double other = read(transaction.ask(get("other")));
                transaction.ask(put("one", one - 1));
                transaction.ask(put("other", other + 1));
                assertThat(read(transaction.ask(get("other")))).isEqualTo(other + 1);
                if (transaction.commit()) {
                    return;
                }
            } catch (StateRefusal e) {
                assertThat(e.reason()).isEqualTo(StateRefusal.Reason.CONFLICT);
            }
        }
    }

    private static double read(Answer answer) {
        return answer.value() instanceof Value.Num(double number) ? number : 0;
    }
}
