package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleStore;
import dev.sloth.core.store.ScheduleTurn;
import dev.sloth.core.store.ScheduleTurn.Move;
import dev.sloth.core.store.ScheduleTurn.Planned;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Schedules, and what becomes of their instants.
abstract class ScheduleContract extends Opened {
    private static final Instant AT = Samples.NOW.plusSeconds(60);

    ScheduleContract(Supplier<Store> opening) {
        super(opening);
    }

    private ScheduleStore schedules() {
        return store.schedules();
    }

    private ScheduleRow added(String name) {
        return schedules().add(name, "{\"ü\":1}", "ann", Samples.NOW);
    }

    private ScheduleRow seen(String name) {
        return schedules().find(name).orElseThrow();
    }

    private static ScheduleTurn turn(Instant considered, Planned... fires) {
        return new ScheduleTurn(considered, List.of(fires), List.of(), Samples.NOW);
    }

    private FireRow fire(ScheduleRow row, Instant at, FireStatus status) {
        assertThat(schedules().turn(seen(row.name()), turn(at, Planned.one(at, status, ""))))
                .isTrue();
        return schedules().fires(row.number(), 1).getFirst();
    }

    private Claim submit(RunId run, FireClaim cause) {
        return store.runs().submit(Samples.fired(run, cause), Samples.first());
    }

    private FireClaim taken(FireRow fire) {
        return schedules().take(fire, Samples.FIRST, Samples.NOW.plus(Samples.TTL)).orElseThrow();
    }

    @Test
    void a_schedule_is_found_as_it_was_added() {
        var row = added("nightly");
        added("a");

        assertThat(row)
                .isEqualTo(
                        new ScheduleRow(
                                row.number(),
                                "nightly",
                                "{\"ü\":1}",
                                "ann",
                                Samples.NOW,
                                Samples.NOW,
                                false,
                                Instant.MIN,
                                1));
        assertThat(another().schedules().find("nightly")).contains(row);
        assertThat(schedules().list())
                .extracting(ScheduleRow::name)
                .containsExactly("a", "nightly");
        assertThat(schedules().find("other")).isEmpty();
    }

    @Test
    void a_name_is_taken_once_until_its_schedule_is_removed() {
        var first = added("nightly");
        refused(Reason.TAKEN, () -> added("nightly"));

        assertThat(schedules().remove("nightly")).isTrue();
        assertThat(schedules().remove("nightly")).isFalse();
        assertThat(added("nightly").number()).isGreaterThan(first.number());
    }

    @Test
    void a_change_counts_only_when_it_saw_the_newest() {
        var row = added("nightly");
        var paused =
                new ScheduleRow(99, "other", "new", "bob", AT, AT, true, AT.plusSeconds(1), 99);
        assertThat(schedules().change(row, paused)).isTrue();
        assertThat(schedules().change(row, row)).isFalse();

        assertThat(seen("nightly"))
                .isEqualTo(
                        new ScheduleRow(
                                row.number(),
                                "nightly",
                                "new",
                                "ann",
                                Samples.NOW,
                                AT,
                                true,
                                AT.plusSeconds(1),
                                2));
    }

    @Test
    void a_turn_notes_fires_and_how_far_it_looked() {
        var row = added("nightly");
        var skipped =
                new Planned(
                        AT.minusSeconds(9), AT.minusSeconds(1), 3, FireStatus.SKIPPED, "missed");
        assertThat(schedules().turn(row, turn(AT, skipped, Planned.one(AT, FireStatus.READY, ""))))
                .isTrue();

        assertThat(seen("nightly").considered()).isEqualTo(AT);
        var fires = schedules().fires(row.number(), 10);
        assertThat(fires).hasSize(2);
        assertThat(fires.get(1).count()).isEqualTo(3);
        assertThat(fires.get(1).last()).isEqualTo(AT.minusSeconds(1));
        assertThat(fires.get(1).why()).isEqualTo("missed");
        assertThat(fires.getFirst())
                .isEqualTo(
                        new FireRow(
                                fires.getFirst().number(),
                                row.number(),
                                AT,
                                AT,
                                1,
                                FireStatus.READY,
                                "",
                                Samples.NOW,
                                "",
                                Instant.MIN,
                                0,
                                "",
                                "",
                                true));
        assertThat(schedules().open()).containsExactly(fires.getFirst());
        assertThat(another().schedules().fires(row.number(), 1)).containsExactly(fires.getFirst());
    }

    @Test
    void of_two_who_decide_the_same_instant_one_does() throws Exception {
        var row = added("nightly");
        Callable<Boolean> decide =
                () ->
                        another()
                                .schedules()
                                .turn(row, turn(AT, Planned.one(AT, FireStatus.READY, "")));
        assertThat(together(List.of(decide, decide, decide, decide)))
                .containsExactlyInAnyOrder(true, false, false, false);
        assertThat(schedules().fires(row.number(), 10)).hasSize(1);
    }

    private static <T> List<T> together(List<Callable<T>> acts) throws Exception {
        var results = new ArrayList<T>();
        try (var pool = Executors.newFixedThreadPool(acts.size())) {
            for (var future : pool.invokeAll(acts)) {
                results.add(future.get());
            }
        }
        return results;
    }

    @Test
    void a_turn_that_finds_a_fire_changed_does_nothing_at_all() {
        var row = added("nightly");
        var fire = fire(row, AT, FireStatus.READY);
        var move = new Move(fire.number(), FireStatus.READY, 0, FireStatus.SKIPPED, "overtaken");
        taken(fire);
        var before = Picture.of(store);
        var late =
                new ScheduleTurn(
                        AT.plusSeconds(9),
                        List.of(Planned.one(AT.plusSeconds(9), FireStatus.READY, "")),
                        List.of(move),
                        Samples.NOW);

        assertThat(schedules().turn(seen("nightly"), late)).isFalse();
        assertThat(Picture.of(store)).isEqualTo(before);
    }

    @Test
    void a_fire_goes_from_status_to_status_until_it_is_no_longer_open() {
        var row = added("nightly");
        var fire = fire(row, AT, FireStatus.QUEUED);
        for (var to : List.of(FireStatus.READY, FireStatus.SKIPPED)) {
            var now = schedules().open().getFirst();
            var move = new Move(fire.number(), now.status(), 0, to, "because");
            assertThat(
                            schedules()
                                    .turn(
                                            seen("nightly"),
                                            new ScheduleTurn(
                                                    AT, List.of(), List.of(move), Samples.NOW)))
                    .isTrue();
        }
        assertThat(schedules().open()).isEmpty();
        assertThat(schedules().fires(row.number(), 9).getFirst().why()).isEqualTo("because");
    }

    @Test
    void a_fire_is_taken_by_one_at_a_time() throws Exception {
        var fire = fire(added("nightly"), AT, FireStatus.READY);
        Callable<Boolean> take =
                () -> another().schedules().take(fire, Samples.SECOND, Samples.NOW).isPresent();
        assertThat(together(List.of(take, take, take, take)))
                .containsExactlyInAnyOrder(true, false, false, false);
        var held = schedules().open().getFirst();
        assertThat(held.heldBy()).contains(Samples.SECOND);
        assertThat(held.epoch()).isEqualTo(1);

        assertThat(taken(held)).isEqualTo(new FireClaim(fire.number(), 2));
    }

    @Test
    void a_run_of_a_fire_is_submitted_once() {
        var row = added("nightly");
        var fire = fire(row, AT, FireStatus.READY);
        var old = taken(fire);
        var claim = taken(schedules().open().getFirst());
        refused(Reason.FENCED, () -> submit(Samples.OTHER, old));
        submit(Samples.RUN, claim);

        var started = schedules().open().getFirst();
        assertThat(started.status()).isEqualTo(FireStatus.STARTED);
        assertThat(started.runId()).contains(Samples.RUN);
        assertThat(started.runStatus()).isEqualTo("running");
        assertThat(started.runEnded()).isFalse();
        refused(Reason.FENCED, () -> submit(Samples.OTHER, claim));
        refused(Reason.FENCED, () -> schedules().fail(claim, "too late"));
        assertThat(schedules().take(started, Samples.FIRST, Samples.NOW)).isEmpty();
    }

    @Test
    void never_does_a_fire_start_twice_however_many_try() throws Exception {
        var fire = fire(added("nightly"), AT, FireStatus.READY);
        var claim = taken(fire);
        var acts = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 8; i++) {
            var run = new RunId("run-" + i);
            acts.add(() -> started(run, claim));
        }
        assertThat(together(acts)).filteredOn(done -> done).hasSize(1);
        assertThat(store.runs().list(RunQuery.ALL)).hasSize(1);
    }

    private boolean started(RunId run, FireClaim claim) {
        try {
            submit(run, claim);
            return true;
        } catch (StoreFailure e) {
            assertThat(e.reason()).isEqualTo(Reason.FENCED);
            return false;
        }
    }

    @Test
    void a_run_that_is_refused_leaves_its_fire_ready() {
        var fire = fire(added("nightly"), AT, FireStatus.READY);
        var claim = taken(fire);
        submit(Samples.RUN);
        refused(Reason.TAKEN, () -> submit(Samples.RUN, claim));

        submit(Samples.OTHER, claim);
    }

    @Test
    void a_fire_shows_how_its_run_ended_and_when_that_is_gone() {
        var row = added("nightly");
        var run = submit(Samples.RUN, taken(fire(row, AT, FireStatus.READY)));
        end(run, 3);
        var ended = schedules().open().getFirst();
        assertThat(ended.runEnded()).isTrue();
        assertThat(ended.runStatus()).isNotEmpty();
        store.runs().delete(Samples.RUN);

        var gone = schedules().open().getFirst();
        assertThat(gone.runEnded()).isTrue();
        assertThat(gone.runStatus()).isEmpty();
    }

    @Test
    void a_fire_that_cannot_start_says_why() {
        var row = added("nightly");
        schedules().fail(taken(fire(row, AT, FireStatus.READY)), "the script is gone");

        assertThat(schedules().open()).isEmpty();
        var fire = schedules().fires(row.number(), 1).getFirst();
        assertThat(fire.status()).isEqualTo(FireStatus.FAILED);
        assertThat(fire.why()).isEqualTo("the script is gone");
    }

    @Test
    void what_is_known_of_a_removed_schedule_goes_with_it_and_its_runs_stay() {
        var row = added("nightly");
        var other = added("other");
        submit(Samples.RUN, taken(fire(row, AT, FireStatus.READY)));
        fire(other, AT, FireStatus.READY);
        schedules().remove("nightly");

        assertThat(schedules().fires(row.number(), 9)).isEmpty();
        assertThat(schedules().open()).hasSize(1);
        assertThat(store.runs().find(Samples.RUN)).isPresent();
        assertThat(schedules().turn(row, turn(AT))).isFalse();
    }

    @Test
    void the_oldest_fires_are_forgotten_but_never_open_ones() {
        var row = added("nightly");
        var open = fire(row, AT, FireStatus.READY);
        var many = new ArrayList<Planned>();
        for (int i = 1; i <= ScheduleStore.FIRES_KEPT + 5; i++) {
            many.add(Planned.one(AT.plusSeconds(i), FireStatus.SKIPPED, "missed"));
        }
        schedules().turn(seen("nightly"), new ScheduleTurn(AT, many, List.of(), Samples.NOW));

        var left = schedules().fires(row.number(), 2 * ScheduleStore.FIRES_KEPT);
        assertThat(left).hasSize(ScheduleStore.FIRES_KEPT + 1);
        assertThat(left.getLast()).isEqualTo(open);
        assertThat(left.get(left.size() - 2).at()).isEqualTo(AT.plusSeconds(6));
    }
}
