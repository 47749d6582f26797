package dev.sloth.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Task;
import dev.sloth.codec.Words;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunState;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.FireClaim;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A run whose journal is in a store.
final class StoredJournalTest {
    private final KeptRun store = new KeptRun();

    static NewRun newRun() {
        return new NewRun(
                RunSamples.RUN,
                "flow",
                "a.sloth",
                Instant.EPOCH,
                Map.of(),
                List.of(),
                List.of(),
                new Owner("here", "boot", 1, 1),
                Instant.EPOCH);
    }

    private StoredJournal journal() {
        return StoredJournal.submitting(store, newRun());
    }

    private RunState stored() {
        return new RunHistory(store, RunSamples.RUN).state();
    }

    @Test
    void a_run_that_a_fire_causes_is_submitted_for_it() {
        var cause = new NewRun.Cause.Fired(new FireClaim(7, 3));
        Scenes.all()
                .values()
                .iterator()
                .next()
                .apply(StoredJournal.submitting(store, newRun().causedBy(cause)))
                .run();

        assertThat(store.cause).isEqualTo(cause);
    }

    @Test
    void at_every_step_the_stored_state_is_the_state() {
        Scenes.all()
                .forEach((name, scene) -> {
                    var kept = new KeptRun();
                    var drive = scene.apply(StoredJournal.submitting(kept, newRun()));
                    int[] steps = {0};
                    drive.afterStep =
                            state -> {
                                steps[0]++;
                                var there = new RunHistory(kept, RunSamples.RUN).state();
                                assertThat(there).as(name).isEqualTo(state);
                            };
                    assertThat(drive.run().status().ended()).as(name).isTrue();
                    assertThat(steps[0]).isGreaterThan(1);
                });
    }

    @Test
    void at_every_step_lists_are_told_how_the_run_stands() {
        Scenes.all()
                .forEach((name, scene) -> {
                    var kept = new KeptRun();
                    var drive = scene.apply(StoredJournal.submitting(kept, newRun()));
                    drive.afterStep =
                            state ->
                                    assertThat(kept.chapters.getLast().progress())
                                            .as(name)
                                            .isEqualTo(progress(state, drive.time.instant()));
                    drive.run();
                    assertThat(kept.timers).as("timers left of " + name).isEmpty();
                });
    }

    /// Counted from the report, task by task.
    private static Progress progress(RunState state, Instant at) {
        var report = RunReport.of(state);
        int ended = (int) report.tasks().stream().filter(t -> t.status().ended()).count();
        int failed = (int) report.tasks().stream().filter(t -> t.status().failed()).count();
        return new Progress(
                Words.of(report.status()),
                report.status().ended(),
                report.message(),
                at,
                report.tasks().size(),
                ended,
                failed,
                (int) report.count(TaskStatus.UNDECIDED));
    }

    @Test
    void timers_are_set_and_taken_down_with_the_events() {
        var drive = Scenes.drive("retries", journal());
        var seen = new ArrayList<String>();
        drive.afterStep = _ -> seen.add(String.join(",", store.timers.keySet()));
        drive.run();
        assertThat(seen).contains("retry a 2", "retry a 3");
        assertThat(store.chapters.stream().flatMap(c -> c.ended().stream()))
                .extracting(e -> e.id() + " " + e.status())
                .contains("run-1/a/1 failed", "run-1/a/3 succeeded");
        var timed = new KeptRun();
        Scenes.drive("timeout", StoredJournal.submitting(timed, newRun())).run();
        assertThat(timed.chapters.getFirst().timers())
                .containsExactly(
                        new Chapter.Timer(
                                "timeout", Instant.ofEpochSecond(1_700_000_000L, 15_000_000)));
        assertThat(timed.chapters.getLast().rung()).containsExactly("timeout");
    }

    @Test
    void a_run_that_was_taken_over_goes_on_and_its_old_owner_cannot_write() {
        var journal = journal();
        var drive = Scenes.drive("retries", journal);
        int[] steps = {0};
        drive.afterStep =
                _ -> {
                    if (++steps[0] % 3 == 0) {
                        drive.under(StoredJournal.resuming(store, store.takeOver(RunSamples.RUN)));
                    }
                };
        var state = drive.run();
        assertThat(state.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(stored()).isEqualTo(state);
        assertThatThrownBy(() ->
                        journal.append(
                                List.of(new RunEvent.StageStarted(Instant.EPOCH, "")), state))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.FENCED));
    }

    @Test
    void a_step_that_was_not_kept_has_not_happened_and_may_be_tried_again() {
        var drive = Scenes.drive("undecided", journal());
        store.full = true;
        assertThatThrownBy(drive::run).hasMessage("no space left");
        assertThat(store.chapters).isEmpty();
        store.full = false;
        var again = Scenes.drive("undecided", journal());
        int[] steps = {0};
        again.afterStep = _ -> store.full = ++steps[0] == 4;
        assertThatThrownBy(again::run).hasMessage("no space left");
        assertThat(stored()).isEqualTo(again.state());
        store.full = false;
        again.afterStep =
                state ->
                        assertThat(store.chapters.getLast().progress())
                                .isEqualTo(progress(state, again.time.instant()));
        again.under(StoredJournal.resuming(store, store.takeOver(RunSamples.RUN)));
        again.run();
    }

    @Test
    void long_runs_are_brought_back_from_a_snapshot() {
        var tasks = new ArrayList<Task>();
        for (int i = 0; i < 3_000; i++) {
            tasks.add(Scenes.task("t" + i, RetryPolicy.NONE, false));
        }
        var flow = Scenes.flow(tasks, List.of(), Map.of(), false);
        var drive = new Drive(journal()).submit(flow, Value.Nil.NIL, Reuse.NOTHING);
        drive.ends =
                id ->
                        id.number() == 1
                                ? dev.sloth.api.workflow.Outcome.ended(
                                        dev.sloth.api.workflow.Outcome.Status.UNKNOWN, "")
                                : Drive.fine("x");
        drive.rulings = _ -> new dev.sloth.core.run.Ruling.Again();
        var state = drive.run();
        assertThat(store.snapshots)
                .extracting(RunStore.Snapshot::events)
                .containsExactly(12_002L, 24_002L);
        assertThat(stored()).isEqualTo(state);
        int[] numbers = {0};
        long next =
                new RunHistory(store, RunSamples.RUN)
                        .events(
                                100,
                                (number, _) -> assertThat(number).isEqualTo(100 + numbers[0]++));
        assertThat(next).isEqualTo(100L + numbers[0]);
        store.snapshots.clear();
        assertThat(stored()).isEqualTo(state);
    }

    @Test
    void events_that_do_not_follow_from_one_another_are_damage() {
        var drive = Scenes.drive("stages", journal());
        drive.run();
        store.chapters.remove(2);
        assertThatThrownBy(this::stored)
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.DAMAGED));
        store.chapters.subList(1, store.chapters.size()).clear();
        store.contents.clear();
        assertThatThrownBy(this::stored).hasMessageContaining("is missing");
    }

    @Test
    void a_journal_without_its_submission_is_damage() {
        Scenes.drive("stages", journal()).run();
        store.chapters.clear();
        store.snapshots.clear();
        assertThatThrownBy(this::stored)
                .hasMessageContaining("does not begin with a submission")
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.DAMAGED));
    }

    @Test
    void before_its_first_step_a_run_has_no_claim_and_no_state() {
        var journal = journal();
        assertThat(journal.restore()).isEqualTo(RunEngine.start());
        assertThatThrownBy(journal::claim).isInstanceOf(IllegalStateException.class);
        Scenes.drive("reuse", journal).run();
        assertThat(journal.claim()).isEqualTo(new Claim(new RunId("run-1"), 1));
        var idle = new Conductor(StoredJournal.resuming(store, journal.claim()));
        assertThat(idle.ended()).isTrue();
        assertThat(RunReport.of(idle.state()).duration()).isEqualTo(Duration.ofMillis(10));
    }
}
