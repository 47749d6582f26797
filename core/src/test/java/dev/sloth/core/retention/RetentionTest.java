package dev.sloth.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2030-01-31T00:00:00Z");
    private static final Retention NO_LIMIT = new Retention(Duration.ZERO, 0, 0);

    private static EndedRun run(String id, long daysAgo, long bytes) {
        return new EndedRun(new RunId(id), NOW.minus(Duration.ofDays(daysAgo)), bytes);
    }

    private static List<String> told(Retention retention, List<EndedRun> runs) {
        return retention.expired(runs, NOW).stream()
                .map(expiry -> expiry.run().id() + " " + expiry.reason())
                .toList();
    }

    @Test
    void without_limits_everything_stays() {
        var runs = List.of(run("a", 4_000, Long.MAX_VALUE), run("b", 0, Long.MAX_VALUE));
        assertThat(told(NO_LIMIT, runs)).isEmpty();
        assertThat(told(NO_LIMIT, List.of())).isEmpty();
    }

    @Test
    void a_run_goes_when_it_is_older_than_the_age_and_not_when_it_is_just_as_old() {
        var retention = new Retention(Duration.ofDays(30), 0, 0);
        assertThat(told(retention, List.of(run("a", 31, 1), run("b", 30, 1), run("c", 29, 1))))
                .containsExactly("a AGE");
    }

    @Test
    void a_run_that_ended_in_the_future_by_a_clock_that_was_wrong_stays() {
        var retention = new Retention(Duration.ofDays(30), 0, 0);
        assertThat(told(retention, List.of(run("a", -5, 1)))).isEmpty();
    }

    @Test
    void the_oldest_go_when_there_are_too_many() {
        var retention = new Retention(Duration.ZERO, 2, 0);
        assertThat(told(retention, List.of(run("c", 1, 1), run("a", 3, 1), run("b", 2, 1))))
                .containsExactly("a COUNT");
    }

    @Test
    void of_runs_that_ended_at_once_the_later_id_stays() {
        var retention = new Retention(Duration.ZERO, 1, 0);
        assertThat(told(retention, List.of(run("b", 1, 1), run("a", 1, 1))))
                .containsExactly("a COUNT");
    }

    @Test
    void the_oldest_go_until_the_rest_fits_and_none_is_spared_for_being_small() {
        var retention = new Retention(Duration.ZERO, 0, 100);
        var runs = List.of(run("d", 1, 60), run("c", 2, 40), run("b", 3, 1), run("a", 4, 0));
        assertThat(told(retention, runs)).containsExactly("a SIZE", "b SIZE");
    }

    @Test
    void sizes_that_no_number_can_hold_together_count_as_too_much() {
        var retention = new Retention(Duration.ZERO, 0, Long.MAX_VALUE - 1);
        var runs = List.of(run("b", 1, Long.MAX_VALUE - 1), run("a", 2, Long.MAX_VALUE));
        assertThat(told(retention, runs)).containsExactly("a SIZE");
    }

    @Test
    void whatever_there_is_the_limits_hold_afterwards() {
        for (int seed = 0; seed < 200; seed++) {
            var chance = new SplittableRandom(seed);
            var runs = new ArrayList<EndedRun>();
            for (int i = 0; i < 30; i++) {
                runs.add(run("r" + i, chance.nextInt(60), chance.nextInt(1_000)));
            }
            runs.sort(Comparator.comparingLong(EndedRun::bytes));
            var retention = new Retention(Duration.ofDays(40), 12, 5_000);
            var gone = retention.expired(runs, NOW).stream().map(Expiry::run).toList();
            var kept = runs.stream().filter(run -> !gone.contains(run)).toList();
            assertThat(kept.size()).isLessThanOrEqualTo(12);
            assertThat(kept.stream().mapToLong(EndedRun::bytes).sum()).isLessThanOrEqualTo(5_000);
            for (var stays : kept) {
                assertThat(gone).allMatch(run -> !run.endedAt().isAfter(stays.endedAt()));
            }
        }
    }

    @Test
    void limits_below_zero_and_sizes_below_zero_are_refused() {
        assertThatThrownBy(() -> new Retention(Duration.ofDays(-1), 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run("a", 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
