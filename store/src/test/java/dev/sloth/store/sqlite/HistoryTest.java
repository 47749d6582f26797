package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.store.sqlite.History.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which histories are found to be linearizable.
final class HistoryTest {
    private static final StateCommand GET = new StateCommand.Get("counter", Optional.empty());
    private static final StateCommand ADD = new StateCommand.Add("counter", 1);
    private static final Duration TTL = Duration.ofHours(1);
    private static final StateCommand LOCK = new StateCommand.Lock("lock", "ann", TTL);
    private static final StateCommand BREAK = new StateCommand.Break("lock");
    private static final StateCommand STANDING = new StateCommand.LockStanding("lock");

    private static StateCommand unlock(long token) {
        return new StateCommand.Unlock("lock", token);
    }

    private static StateCommand renew(long token) {
        return new StateCommand.Renew("lock", token, TTL);
    }

    private static Operation during(long called, long returned, StateCommand command, Answer said) {
        return new Operation(command, called, returned, Optional.of(said));
    }

    private static Operation unanswered(long called, StateCommand command) {
        return new Operation(command, called, Long.MAX_VALUE, Optional.empty());
    }

    private static boolean linearizable(Operation... operations) {
        return History.linearizable(List.of(operations));
    }

    @Test
    void what_is_asked_at_once_may_be_done_in_any_order_and_what_is_asked_later_may_not() {
        var none = Answer.NOT;
        var one = Answer.of(1L);

        assertThat(linearizable(during(1, 4, ADD, one), during(2, 3, GET, none))).isTrue();
        assertThat(linearizable(during(1, 2, ADD, one), during(3, 4, GET, none))).isFalse();
        assertThat(linearizable(during(1, 3, ADD, one), during(2, 4, ADD, one))).isFalse();
        assertThat(linearizable(unanswered(1, ADD), during(3, 4, GET, one))).isTrue();
    }

    /// One command after the other.
    private static final class Steps {
        private final List<Operation> operations = new ArrayList<>();

        Steps said(StateCommand command, Answer answer) {
            long called = 2L * operations.size();
            operations.add(during(called, called + 1, command, answer));
            return this;
        }

        Steps killed(StateCommand command) {
            operations.add(unanswered(2L * operations.size(), command));
            return this;
        }

        boolean linearizable() {
            return History.linearizable(operations);
        }
    }

    private static Steps taken(long token) {
        return new Steps().said(LOCK, Answer.of(token));
    }

    @Test
    void a_lock_has_one_holder_at_a_time() {
        assertThat(taken(1).said(LOCK, Answer.NOT).linearizable()).isTrue();
        assertThat(taken(1).said(LOCK, Answer.of(2L)).linearizable()).isFalse();
        assertThat(taken(1).said(unlock(1), Answer.DONE).said(LOCK, Answer.of(3L)).linearizable())
                .isTrue();
        assertThat(taken(1).said(BREAK, Answer.DONE).said(LOCK, Answer.of(3L)).linearizable())
                .isTrue();
        assertThat(linearizable(during(1, 3, LOCK, Answer.of(1L)), during(2, 4, LOCK, Answer.NOT)))
                .isTrue();
        assertThat(
                        linearizable(
                                during(1, 3, LOCK, Answer.of(1L)),
                                during(2, 4, LOCK, Answer.of(2L)),
                                during(5, 6, unlock(1), Answer.DONE)))
                .isFalse();
    }

    @Test
    void a_lock_that_is_free_is_refused_to_nobody() {
        assertThat(new Steps().said(LOCK, Answer.NOT).linearizable()).isFalse();
        assertThat(taken(1).said(unlock(1), Answer.DONE).said(LOCK, Answer.NOT).linearizable())
                .isFalse();
        assertThat(new Steps().said(BREAK, Answer.DONE).linearizable()).isFalse();
    }

    @Test
    void tokens_only_grow() {
        var free = taken(5).said(unlock(5), Answer.DONE);
        assertThat(free.said(LOCK, Answer.of(4L)).linearizable()).isFalse();
        assertThat(taken(5).said(BREAK, Answer.DONE).said(LOCK, Answer.of(5L)).linearizable())
                .isFalse();
        assertThat(taken(5).said(BREAK, Answer.DONE).said(LOCK, Answer.DONE).linearizable())
                .isFalse();
    }

    @Test
    void no_other_token_gives_a_lock_back_or_holds_it_longer() {
        assertThat(taken(5).said(unlock(4), Answer.NOT).linearizable()).isTrue();
        assertThat(taken(5).said(unlock(4), Answer.DONE).linearizable()).isFalse();
        assertThat(taken(5).said(unlock(5), Answer.NOT).linearizable()).isFalse();
        assertThat(taken(5).said(renew(5), Answer.DONE).linearizable()).isTrue();
        assertThat(taken(5).said(renew(4), Answer.DONE).linearizable()).isFalse();
        assertThat(taken(5).said(BREAK, Answer.DONE).said(renew(5), Answer.DONE).linearizable())
                .isFalse();
    }

    @Test
    void whoever_was_killed_may_have_taken_it_with_a_token_that_shows_later() {
        assertThat(new Steps().killed(LOCK).said(LOCK, Answer.NOT).linearizable()).isTrue();
        assertThat(new Steps().killed(LOCK).said(LOCK, Answer.of(1L)).linearizable()).isTrue();
        assertThat(shown(7).said(BREAK, Answer.DONE).said(LOCK, Answer.of(8L)).linearizable())
                .isTrue();
        assertThat(shown(7).said(BREAK, Answer.DONE).said(LOCK, Answer.of(6L)).linearizable())
                .isFalse();
        assertThat(shown(7).said(LOCK, Answer.of(8L)).linearizable()).isFalse();
        assertThat(shown(7).said(STANDING, Answer.of(9L)).linearizable()).isFalse();
    }

    private static Steps shown(long token) {
        return new Steps().killed(LOCK).said(STANDING, Answer.of(token));
    }
}
