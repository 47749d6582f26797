package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Chapter.Timer;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Timers, and what others ask of an owner.
abstract class TimerContract extends Opened {
    TimerContract(Supplier<Store> opening) {
        super(opening);
    }

    private static Timer timer(String name, int seconds) {
        return new Timer(name, Samples.NOW.plusSeconds(seconds));
    }

    private void set(Claim claim, long event, List<Timer> timers, List<String> rung) {
        store.runs().append(claim, Samples.with(event, List.of(), timers, rung));
    }

    @Test
    void timers_are_listed_soonest_first() {
        var claim = submit(Samples.RUN);
        assertThat(store.timers().of(Samples.RUN)).isEmpty();
        set(claim, 3, List.of(timer("late", 9), timer("soon", 1), timer("mid", 5)), List.of());

        assertThat(store.timers().of(Samples.RUN))
                .containsExactly(timer("soon", 1), timer("mid", 5), timer("late", 9));
        assertThat(store.timers().of(Samples.OTHER)).isEmpty();
    }

    @Test
    void a_chapter_takes_timers_down_and_sets_others() {
        var claim = submit(Samples.RUN);
        set(claim, 3, List.of(timer("a", 1), timer("b", 2)), List.of());
        set(claim, 4, List.of(timer("c", 3)), List.of("a", "never set"));

        assertThat(store.timers().of(Samples.RUN)).containsExactly(timer("b", 2), timer("c", 3));
    }

    @Test
    void a_timer_that_is_set_again_rings_at_the_new_time() {
        var claim = submit(Samples.RUN);
        set(claim, 3, List.of(timer("a", 1)), List.of());
        set(claim, 4, List.of(timer("a", 7)), List.of());
        assertThat(store.timers().of(Samples.RUN)).containsExactly(timer("a", 7));

        set(claim, 5, List.of(timer("a", 8)), List.of("a"));
        assertThat(store.timers().of(Samples.RUN)).containsExactly(timer("a", 8));
    }

    @Test
    void an_ended_run_has_no_timers() {
        var claim = submit(Samples.RUN);
        set(claim, 3, List.of(timer("a", 1)), List.of());
        end(claim, 4);

        assertThat(store.timers().of(Samples.RUN)).isEmpty();
        assertThat(store.timers().due(Instant.MAX, 10)).isEmpty();
    }

    @Test
    void runs_with_timers_that_are_due_come_most_overdue_first() {
        var soon = submit(Samples.RUN);
        var sooner = submit(Samples.OTHER);
        var later = submit(new RunId("later"));
        set(soon, 3, List.of(timer("a", 2), timer("b", 3)), List.of());
        set(sooner, 3, List.of(timer("a", 9), timer("b", 1)), List.of());
        set(later, 3, List.of(timer("a", 5)), List.of());

        assertThat(store.timers().due(Samples.NOW, 10)).isEmpty();
        assertThat(store.timers().due(Samples.NOW.plusSeconds(1), 10))
                .containsExactly(Samples.OTHER);
        assertThat(store.timers().due(Samples.NOW.plusSeconds(4), 10))
                .containsExactly(Samples.OTHER, Samples.RUN);
        assertThat(store.timers().due(Samples.NOW.plusSeconds(9), 2))
                .containsExactly(Samples.OTHER, Samples.RUN);
    }

    @Test
    void requests_wait_in_order_until_they_are_answered() {
        var claim = submit(Samples.RUN);
        assertThat(ask(Request.Kind.CANCEL, "")).isTrue();
        assertThat(ask(Request.Kind.DECIDE, "{\"task\":\"a\"}")).isTrue();

        var waiting = store.requests().of(Samples.RUN);
        assertThat(waiting).hasSize(2);
        var second = waiting.get(1);
        assertThat(second)
                .isEqualTo(
                        new Request(
                                second.number(),
                                Request.Kind.DECIDE,
                                "{\"task\":\"a\"}",
                                "ann",
                                Samples.NOW));
        assertThat(waiting.getFirst().number()).isLessThan(second.number());

        store.requests().answered(claim, waiting.getFirst().number());
        assertThat(store.requests().of(Samples.RUN)).containsExactly(second);
    }

    private boolean ask(Request.Kind kind, String body) {
        return store.requests().ask(Samples.RUN, kind, body, "ann", Samples.NOW);
    }

    @Test
    void numbers_of_requests_are_never_used_again() {
        var claim = submit(Samples.RUN);
        ask(Request.Kind.CANCEL, "");
        long first = store.requests().of(Samples.RUN).getFirst().number();
        store.requests().answered(claim, first);
        store.requests().answered(claim, first);
        ask(Request.Kind.CANCEL, "");

        assertThat(store.requests().of(Samples.RUN).getFirst().number()).isGreaterThan(first);
    }

    @Test
    void a_claim_answers_requests_of_its_own_run_only() {
        submit(Samples.RUN);
        var other = submit(Samples.OTHER);
        ask(Request.Kind.CANCEL, "");
        store.requests().answered(other, store.requests().of(Samples.RUN).getFirst().number());

        assertThat(store.requests().of(Samples.RUN)).hasSize(1);
    }

    @Test
    void nothing_can_be_asked_of_a_run_that_is_not_there_or_has_ended() {
        assertThat(ask(Request.Kind.CANCEL, "")).isFalse();
        var claim = submit(Samples.RUN);
        end(claim, 3);

        assertThat(ask(Request.Kind.CANCEL, "")).isFalse();
        assertThat(store.requests().of(Samples.RUN)).isEmpty();
    }
}
