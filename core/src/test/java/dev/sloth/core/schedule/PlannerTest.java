package dev.sloth.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleTurn;
import dev.sloth.core.store.ScheduleTurn.Planned;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");

    /// Every minute, and other words.
    private static Rules rules(String... words) {
        var all = new LinkedHashMap<String, List<String>>();
        all.put("every", List.of("1m"));
        for (int i = 0; i < words.length; i += 2) {
            all.put(words[i], List.of(words[i + 1]));
        }
        return Rules.read(all, START, ZoneOffset.UTC);
    }

    private static ScheduleRow row(Instant considered) {
        return new ScheduleRow(1, "a", "", "ann", START, considered, false, Instant.MIN, 1);
    }

    private static Instant minute(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static FireRow fire(int minute, FireStatus status, boolean ended) {
        boolean started = status == FireStatus.STARTED;
        return new FireRow(
                minute,
                1,
                minute(minute),
                minute(minute),
                1,
                status,
                "",
                START,
                "",
                Instant.MIN,
                0,
                started ? "run-" + minute : "",
                started ? (ended ? "succeeded" : "running") : "",
                ended || !started);
    }

    private static ScheduleTurn turn(Rules rules, Instant now, FireRow... open) {
        return Planner.plan(rules, row(START), List.of(open), now).turn().orElseThrow();
    }

    private static List<String> told(ScheduleTurn turn) {
        return turn.fires().stream()
                .map(f ->
                        "%s %d %s"
                                .formatted(
                                        f.at().toString().substring(11, 16), f.count(), f.status()))
                .toList();
    }

    @Test
    void nothing_is_written_before_the_first_instant_and_the_next_look_is_known() {
        assertThat(Planner.plan(rules(), row(START), List.of(), START.plusSeconds(59)).turn())
                .isEmpty();
        assertThat(Planner.wake(rules(), row(START))).contains(minute(1));
    }

    @Test
    void an_instant_that_is_due_becomes_ready() {
        var turn = turn(rules(), minute(1));
        assertThat(turn.fires()).containsExactly(Planned.one(minute(1), FireStatus.READY, ""));
        assertThat(turn.considered()).isEqualTo(minute(1));
    }

    @Test
    void missed_instants_are_left_out_and_counted_and_the_one_in_time_fires() {
        assertThat(told(turn(rules(), minute(10).plusSeconds(10))))
                .containsExactly("09:01 9 SKIPPED", "09:10 1 READY");
        assertThat(told(turn(rules(), minute(10).plusSeconds(31))))
                .containsExactly("09:01 10 SKIPPED");
    }

    @Test
    void the_latest_missed_instant_or_all_are_made_up_for() {
        var late = minute(10).plusSeconds(31);
        assertThat(told(turn(rules("missed", "once"), late)))
                .containsExactly("09:01 9 SKIPPED", "09:10 1 READY");
        var all = rules("missed", "all", "catch_up_max", "3", "overlap", "allow");
        assertThat(told(turn(all, late)))
                .containsExactly(
                        "09:01 7 SKIPPED", "09:08 1 READY", "09:09 1 READY", "09:10 1 READY");
    }

    @Test
    void nothing_starts_later_than_its_deadline() {
        var rules = rules("missed", "all", "deadline", "3m", "overlap", "allow");
        assertThat(told(turn(rules, minute(10).plusSeconds(31))))
                .containsExactly(
                        "09:01 7 SKIPPED", "09:08 1 READY", "09:09 1 READY", "09:10 1 READY");
        var waiting = turn(rules("deadline", "3m"), minute(9), fire(1, FireStatus.QUEUED, true));
        assertThat(waiting.moves().getFirst().to()).isEqualTo(FireStatus.SKIPPED);
    }

    @Test
    void instants_of_a_pause_are_left_out_whatever_is_said_of_missed_ones() {
        var paused = new ScheduleRow(1, "a", "", "ann", START, START, true, Instant.MIN, 1);
        var rules = rules("missed", "all");
        assertThat(Planner.plan(rules, paused, List.of(), minute(5)).turn()).isEmpty();
        assertThat(Planner.wake(rules, paused)).isEmpty();
        var resumed = new ScheduleRow(1, "a", "", "ann", START, START, false, minute(5), 1);
        var turn = Planner.plan(rules, resumed, List.of(), minute(6)).turn().orElseThrow();
        assertThat(told(turn)).containsExactly("09:01 5 SKIPPED", "09:06 1 READY");
        assertThat(turn.fires().getFirst().why()).isEqualTo("paused");
    }

    @Test
    void what_overlaps_is_left_out_with_the_reason() {
        var turn = turn(rules(), minute(1), fire(0, FireStatus.STARTED, false));
        assertThat(turn.fires().getFirst().status()).isEqualTo(FireStatus.SKIPPED);
        assertThat(turn.fires().getFirst().why()).contains("2026-11-26T09:00:00Z goes on");
    }

    @Test
    void an_instant_waits_in_the_queue_until_the_run_before_has_ended() {
        var rules = rules("overlap", "queue", "queue_max", "1");
        var busy = turn(rules, minute(1), fire(0, FireStatus.STARTED, false));
        assertThat(told(busy)).containsExactly("09:01 1 QUEUED");
        var full =
                turn(
                        rules,
                        minute(1),
                        fire(-2, FireStatus.STARTED, false),
                        fire(-1, FireStatus.QUEUED, true));
        assertThat(full.fires().getFirst().why()).isEqualTo("1 fires wait already");
        var over =
                turn(
                        rules,
                        START,
                        fire(-2, FireStatus.STARTED, true),
                        fire(-1, FireStatus.QUEUED, true));
        assertThat(over.moves())
                .extracting(ScheduleTurn.Move::to)
                .containsExactly(FireStatus.OVER, FireStatus.READY);
        assertThat(over.moves().getFirst().why()).isEqualTo("succeeded");
    }

    @Test
    void the_run_before_is_cancelled_and_what_had_not_begun_is_overtaken() {
        var rules = rules("overlap", "cancel");
        var plan =
                Planner.plan(
                        rules,
                        row(START),
                        List.of(
                                fire(-2, FireStatus.STARTED, false),
                                fire(-1, FireStatus.QUEUED, true)),
                        minute(1));
        assertThat(plan.cancels()).containsExactly(new RunId("run--2"));
        var turn = plan.turn().orElseThrow();
        assertThat(told(turn)).containsExactly("09:01 1 QUEUED");
        assertThat(turn.moves().getFirst().why()).contains("overtaken");
        var alone = turn(rules, minute(1), fire(0, FireStatus.STARTED, true));
        assertThat(told(alone)).containsExactly("09:01 1 READY");
    }

    @Test
    void with_allow_all_run_as_long_as_not_too_many_wait_to_start() {
        var rules = rules("overlap", "allow", "queue_max", "1");
        assertThat(told(turn(rules, minute(1), fire(0, FireStatus.STARTED, false))))
                .containsExactly("09:01 1 READY");
        assertThat(told(turn(rules, minute(1), fire(0, FireStatus.READY, true))))
                .containsExactly("09:01 1 SKIPPED");
    }

    @Test
    void very_many_missed_instants_are_gone_through_part_by_part() {
        var rules = rules("every", "1s", "missed", "once");
        var now = START.plusSeconds(Dues.LOOKED_AT_MAX + 1_000L);
        var first = turn(rules, now);
        assertThat(first.fires()).hasSize(1);
        var left = row(first.considered());
        var second = Planner.plan(rules, left, List.of(), now).turn().orElseThrow();
        var fires = new ArrayList<>(first.fires());
        fires.addAll(second.fires());
        assertThat(fires).filteredOn(f -> f.status() == FireStatus.READY).hasSize(1);
        assertThat(fires.stream().mapToLong(Planned::count).sum())
                .isEqualTo(Dues.LOOKED_AT_MAX + 1_000L);
    }

    @Test
    void a_clock_that_was_set_back_fires_nothing_again() {
        var looked = row(minute(10));
        assertThat(Planner.plan(rules(), looked, List.of(), minute(5)).turn()).isEmpty();
        assertThat(Planner.plan(rules(), looked, List.of(), minute(10)).turn()).isEmpty();
    }

    @Test
    void the_times_to_come_are_those_at_which_it_fires() {
        var rules = rules("splay", "10m");
        var splay = rules.splay("a");
        assertThat(splay).isGreaterThan(Duration.ofMinutes(2));
        var row = row(minute(3));
        assertThat(Planner.fires(rules, row, minute(3), 2))
                .as("what it has looked at does not fire again")
                .containsExactly(minute(4).plus(splay), minute(5).plus(splay));
        assertThat(Planner.fires(rules, row, minute(20), 1))
                .allMatch(at -> at.isAfter(minute(20)) && !at.isAfter(minute(21)));
        assertThat(Planner.wake(rules, row)).contains(minute(4).plus(splay));
        var resumed = new ScheduleRow(1, "a", "", "ann", START, minute(3), false, minute(9), 1);
        assertThat(Planner.fires(rules, resumed, minute(9), 1))
                .containsExactly(minute(10).plus(splay));
        assertThat(Planner.wake(rules, resumed)).contains(minute(10).plus(splay));
    }

    @Test
    void a_splay_is_the_same_each_time_and_never_more_than_said() {
        var rules = rules("splay", "30s");
        var splay = rules.splay("nightly");
        assertThat(splay).isBetween(Duration.ZERO, Duration.ofSeconds(30));
        assertThat(rules.splay("nightly")).isEqualTo(splay).isNotEqualTo(rules.splay("nightlz"));
        var turn = turn(rules, minute(1).plusSeconds(30));
        assertThat(turn.fires()).containsExactly(Planned.one(minute(1), FireStatus.READY, ""));
    }

    @Test
    void rules_are_read_as_they_were_written() {
        var words = new LinkedHashMap<String, List<String>>();
        words.put("cron", List.of("0 9 * * MON"));
        words.put("zone", List.of("Europe/Berlin"));
        words.put("exclude", List.of("12-25", "2026-05-01..2026-05-03"));
        words.put("overlap", List.of("cancel"));
        words.put("deadline", List.of("1h30m"));
        for (var given : List.of(words, Map.of("at", List.of("2026-12-24T18:00")))) {
            var rules = Rules.read(given, START, ZoneOffset.UTC);
            var kept = Definition.parse(new Definition(rules.words()).text());
            var again = Rules.read(kept.words(), minute(9_000), ZoneOffset.ofHours(5));
            assertThat(again.words()).isEqualTo(rules.words());
            assertThat(again.timing().next(START)).isEqualTo(rules.timing().next(START));
        }
        assertThat(rules().words()).containsEntry("from", List.of(START.toString()));
    }

    @Test
    void all_that_is_wrong_with_rules_is_told_at_once() {
        var words = new LinkedHashMap<String, List<String>>();
        words.put("cron", List.of("61 * * * *"));
        words.put("every", List.of("0s"));
        words.put("zone", List.of("Berlin"));
        words.put("exclude", List.of("someday"));
        words.put("missed", List.of("never"));
        words.put("grace", List.of("2h"));
        words.put("queue_max", List.of("0", "many"));
        var problems =
                catchThrowableOfType(
                        Problems.class, () -> Rules.read(words, START, ZoneOffset.UTC));
        assertThat(problems.list())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "there is no time zone 'Berlin'",
                        "cron and every do not go together",
                        "the minute '61' (field 1, column 1) is out of range",
                        "every cannot be '0s'",
                        "'someday' is no day to leave out",
                        "missed cannot be 'never'",
                        "grace cannot be '2h'",
                        "queue_max is given 2 times",
                        "queue_max cannot be 'many'");
        assertThat(problems.list().getFirst().remedy()).isEqualTo("did you mean Europe/Berlin?");
    }

    @Test
    void what_never_fires_is_refused() {
        for (var words :
                List.of(
                        Map.of("cron", List.of("0 0 31 2 *")),
                        Map.of("cron", List.of("0 0 * * SAT"), "exclude", List.of("sat")))) {
            var problems =
                    catchThrowableOfType(
                            Problems.class, () -> Rules.read(words, START, ZoneOffset.UTC));
            assertThat(problems.list()).hasSize(1);
            assertThat(problems.list().getFirst().code()).isEqualTo("SLOTH-4402");
        }
    }
}
