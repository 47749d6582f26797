package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// At most one execution per attempt.
abstract class AttemptContract extends Opened {
    AttemptContract(Supplier<Store> opening) {
        super(opening);
    }

    @Test
    void an_attempt_begins_once() {
        var claim = submit(Samples.RUN);
        var id = Samples.attempt(Samples.RUN, "build", 1);

        assertThat(store.attempts().find(id)).isEmpty();
        assertThat(store.attempts().begin(claim, id, "boot-1", Samples.NOW)).isTrue();
        assertThat(store.attempts().begin(claim, id, "boot-9", Samples.NOW.plusSeconds(1)))
                .isFalse();
        assertThat(store.attempts().find(id))
                .contains(
                        new AttemptRow(
                                id, "boot-1", 1, AttemptRow.RUNNING, Samples.NOW, Instant.MAX));
    }

    @Test
    void never_does_an_attempt_begin_twice_under_another_claim() {
        var claim = submit(Samples.RUN);
        var id = Samples.attempt(Samples.RUN, "build", 1);
        store.attempts().begin(claim, id, "boot", Samples.NOW);
        var later = handedOver(claim);

        assertThat(store.attempts().begin(later, id, "boot", Samples.NOW)).isFalse();
        assertThat(store.attempts().find(id).orElseThrow().epoch()).isEqualTo(1);
    }

    @Test
    void never_does_an_attempt_begin_twice_when_many_begin_it_at_once() {
        var claim = submit(Samples.RUN);
        var id = Samples.attempt(Samples.RUN, "build", 1);
        var other = another();
        var begun =
                Together.all(
                        16,
                        i ->
                                (i % 2 == 0 ? store : other)
                                        .attempts()
                                        .begin(claim, id, "boot", Samples.NOW));

        assertThat(begun).filteredOn(yes -> yes).hasSize(1);
    }

    @Test
    void attempts_are_listed_in_the_order_in_which_they_began() {
        var claim = submit(Samples.RUN);
        var other = submit(Samples.OTHER);
        for (var task : List.of("c", "a", "b")) {
            store.attempts()
                    .begin(claim, Samples.attempt(Samples.RUN, task, 1), "boot", Samples.NOW);
            store.attempts()
                    .begin(other, Samples.attempt(Samples.OTHER, task, 1), "boot", Samples.NOW);
        }
        store.attempts().begin(claim, Samples.attempt(Samples.RUN, "c", 2), "boot", Samples.NOW);

        assertThat(store.attempts().of(Samples.RUN))
                .extracting(row -> row.id().toString().replace(Samples.RUN.text(), "run"))
                .containsExactly("run/c/1", "run/a/1", "run/b/1", "run/c/2");
    }

    @Test
    void attempts_begin_with_a_chapter_under_its_claim_or_the_chapter_is_refused() {
        var claim = submit(Samples.RUN);
        var id = Samples.attempt(Samples.RUN, "build", 1);
        var begins = List.of(new Chapter.Begun(id, Samples.NOW.plusSeconds(1)));
        store.runs().append(claim, Samples.beginning(3, begins));

        var row = store.attempts().find(id).orElseThrow();
        assertThat(row)
                .isEqualTo(
                        new AttemptRow(
                                id,
                                Samples.FIRST.boot(),
                                1,
                                AttemptRow.RUNNING,
                                Samples.NOW.plusSeconds(1),
                                Instant.MAX));
        assertThatThrownBy(() -> store.runs().append(claim, Samples.beginning(4, begins)))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.CONFLICT));
        assertThat(store.runs().find(Samples.RUN).orElseThrow().events()).isEqualTo(3);
        assertThat(store.attempts().of(Samples.RUN)).containsExactly(row);
    }

    @Test
    void a_chapter_ends_attempts() {
        var claim = submit(Samples.RUN);
        var id = Samples.attempt(Samples.RUN, "build", 1);
        var never = Samples.attempt(Samples.RUN, "never", 1);
        store.attempts().begin(claim, id, "boot", Samples.NOW);
        var at = Samples.NOW.plusSeconds(2);
        var ends =
                List.of(
                        new Chapter.Ended(id, "succeeded", at),
                        new Chapter.Ended(never, "cancelled", at));
        store.runs().append(claim, Samples.with(3, ends, List.of(), List.of()));

        assertThat(store.attempts().find(id))
                .contains(new AttemptRow(id, "boot", 1, "succeeded", Samples.NOW, at));
        assertThat(store.attempts().find(never)).isEmpty();
    }

    @Test
    void an_attempt_that_has_ended_stays_as_it_ended() {
        var claim = submit(Samples.RUN);
        var id = Samples.attempt(Samples.RUN, "build", 1);
        store.attempts().begin(claim, id, "boot", Samples.NOW);
        for (var status : List.of("succeeded", "unknown")) {
            var end = new Chapter.Ended(id, status, Samples.NOW);
            long next = store.runs().find(Samples.RUN).orElseThrow().events() + 1;
            store.runs().append(claim, Samples.with(next, List.of(end), List.of(), List.of()));
        }

        assertThat(store.attempts().find(id).orElseThrow().status()).isEqualTo("succeeded");
        assertThat(store.attempts().begin(claim, id, "boot", Samples.NOW)).isFalse();
    }

    @Test
    void a_claim_says_nothing_about_attempts_of_another_run() {
        var claim = submit(Samples.RUN);
        submit(Samples.OTHER);
        var foreign = Samples.attempt(Samples.OTHER, "build", 1);

        assertThatThrownBy(() -> store.attempts().begin(claim, foreign, "boot", Samples.NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.logs().append(claim, Samples.chunk(foreign, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.attempts().of(Samples.OTHER)).isEmpty();
    }
}
