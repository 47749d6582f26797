package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.journal.Requests;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.RunCommand;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunState;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Watches what is kept and what is done, and complains when a promise is broken. It looks with
/// eyes of its own: through a store without faults, at the journal alone.
final class DurableJudge {
    private static final int PAGES_MAX = 1_000_000;

    private final Store store;
    private final RunHistory history;
    private final Set<AttemptId> executed = new HashSet<>();
    private final Set<WorkflowHook> called = EnumSet.noneOf(WorkflowHook.class);
    private final List<RunEvent> journal = new ArrayList<>();
    private final Set<AttemptId> assigned = new HashSet<>();
    private final Map<AttemptId, Outcome.Status> ends = new HashMap<>();
    private final Set<TaskName> over = new HashSet<>();
    private final Map<Long, Asked> waiting = new HashMap<>();
    private RunState replayed = RunEngine.start();
    int fenced;

    /// @param about the attempt that it decides about, which waited for that when it was asked
    private record Asked(Request request, Optional<AttemptId> about) {}

    DurableJudge(Store store) {
        this.store = store;
        this.history = new RunHistory(store.runs(), DurableWorld.RUN);
    }

    /// How many events are kept.
    long events() {
        return journal.size();
    }

    RunState replayed() {
        return replayed;
    }

    // ---- what is done

    void executes(AttemptId id) {
        look();
        assertThat(executed.add(id)).as("%s is executed once", id).isTrue();
        assertThat(assigned).as("the start of %s is kept before", id).contains(id);
        assertThat(ends).as("%s begins after its end", id).doesNotContainKey(id);
        assertThat(over).as("%s begins after the end of its task", id).doesNotContain(id.task());
    }

    void calls(WorkflowHook hook) {
        assertThat(called.add(hook)).as("%s is called once", hook).isTrue();
    }

    // ---- what is kept

    /// A process was told that an event is kept.
    void acknowledged(long number, RunEvent event) {
        look();
        assertThat(journal)
                .as("%s was acknowledged as event %d", event, number)
                .hasSizeGreaterThanOrEqualTo((int) number);
        assertThat(journal.get((int) number - 1)).isEqualTo(event);
    }

    /// Reads what is new in the journal.
    void look() {
        var row = store.runs().find(DurableWorld.RUN);
        if (row.isEmpty() || row.get().events() == journal.size()) {
            return;
        }
        long next = history.events(journal.size() + 1, this::take);
        assertThat(next - 1).isEqualTo(row.get().events());
    }

    private void take(long number, RunEvent event) {
        assertThat(number).isEqualTo(journal.size() + 1);
        journal.add(event);
        replayed = RunEngine.evolve(replayed, event);
        switch (event) {
            case RunEvent.AttemptAssigned e -> {
                assertThat(assigned.add(e.id())).as("%s is assigned once", e.id()).isTrue();
                assertThat(over).as("%s comes after the end", e.id()).doesNotContain(e.id().task());
            }
            case RunEvent.AttemptEnded e ->
                    assertThat(ends.put(e.id(), e.outcome().status()))
                            .as("%s ends once", e.id())
                            .isNull();
            case RunEvent.TaskEnded e ->
                    assertThat(over.add(e.task())).as("%s ends once", e.task()).isTrue();
            default -> {}
        }
    }

    /// Whether somebody has taken the run over since this claim.
    private boolean isVoid(@Nullable Claim claim) {
        return claim != null
                && store.runs()
                        .find(DurableWorld.RUN)
                        .map(RunRow::epoch)
                        .filter(epoch -> epoch == claim.epoch())
                        .isEmpty();
    }

    /// An act of a process: one whose claim is void changes nothing.
    void watching(@Nullable Claim claim, Runnable act) {
        if (isVoid(claim)) {
            var before = Picture.of(store);
            act.run();
            assertThat(Picture.of(store)).as("after an act under %s", claim).isEqualTo(before);
            return;
        }
        act.run();
        look();
        requests();
    }

    /// A store fails as it was told to, or because the claim is void.
    void excuses(StoreFailure failure, @Nullable Claim claim) {
        switch (failure.reason()) {
            case FULL, BUSY, BROKEN -> assertThat(failure).hasMessageContaining("fault: ");
            case FENCED -> {
                assertThat(isVoid(claim)).as("%s is void", claim).isTrue();
                fenced++;
            }
            // Two have submitted it.
            case TAKEN -> assertThat(claim).isNull();
            case CONFLICT, FORBIDDEN, DAMAGED, NEWER -> throw failure;
        }
    }

    // ---- requests

    /// Requests go only when the journal holds what came of them, or nothing could. To be called
    /// after every one that is asked, too.
    void requests() {
        var now = new HashMap<Long, Asked>();
        for (var request : store.requests().of(DurableWorld.RUN)) {
            var known = Optional.ofNullable(waiting.get(request.number()));
            now.put(request.number(), known.orElseGet(() -> asked(request)));
        }
        waiting.forEach((number, asked) -> {
            if (!now.containsKey(number)) {
                assertThat(heard(asked)).as("%s was heard", asked).isTrue();
            }
        });
        waiting.clear();
        waiting.putAll(now);
    }

    private Asked asked(Request request) {
        return switch (Requests.read(DurableWorld.RUN, request, Instant.EPOCH)) {
            case RunInput.Decided(_, var id, _, _) when pending().contains(id) ->
                    new Asked(request, Optional.of(id));
            default -> new Asked(request, Optional.empty());
        };
    }

    private boolean heard(Asked asked) {
        return switch (asked.request().kind()) {
            case CANCEL -> stopsOrIsOver();
            case DECIDE -> asked.about().filter(pending()::contains).isEmpty();
        };
    }

    private boolean stopsOrIsOver() {
        return replayed.status().ended()
                || journal.stream().anyMatch(DurableJudge::leavesNothingToStop);
    }

    private static boolean leavesNothingToStop(RunEvent event) {
        return switch (event) {
            case RunEvent.RunStopping _ -> true;
            case RunEvent.HookCalled(_, var hook, _) -> hook == WorkflowHook.ON_COMPLETE;
            default -> false;
        };
    }

    /// Attempts that wait for a decision.
    List<AttemptId> pending() {
        look();
        return RunReport.of(replayed).tasks().stream()
                .filter(task -> task.status() == TaskStatus.UNDECIDED)
                .map(task -> new AttemptId(DurableWorld.RUN, task.name(), task.attempts()))
                .toList();
    }

    // ---- all that must agree

    /// Looks at all there is.
    void deep() {
        look();
        var row = store.runs().find(DurableWorld.RUN).orElseThrow();
        assertThat(new RunHistory(store.runs(), DurableWorld.RUN).state())
                .as("the snapshot and the events after it")
                .isEqualTo(replayed);
        rowsOfAttempts();
        timers();
        progress(row);
    }

    private void rowsOfAttempts() {
        var rows = new HashMap<AttemptId, AttemptRow>();
        for (var row : store.attempts().of(DurableWorld.RUN)) {
            if (!row.id().task().text().startsWith("\u0001")) {
                rows.put(row.id(), row);
            }
        }
        assertThat(rows.keySet()).as("what was assigned has begun").isEqualTo(assigned);
        assertThat(rows.keySet()).as("what was executed has a row").containsAll(executed);
        rows.forEach((id, row) ->
                assertThat(row.status())
                        .as("%s", row)
                        .isEqualTo(
                                Optional.ofNullable(ends.get(id))
                                        .map(status -> status.name().toLowerCase(Locale.ROOT))
                                        .orElse(AttemptRow.RUNNING)));
    }

    private void timers() {
        var due = new ArrayList<Instant>();
        for (var command : RunEngine.outstanding(replayed)) {
            if (command instanceof RunCommand.StartTimer timer) {
                due.add(timer.due());
            }
        }
        assertThat(store.timers().of(DurableWorld.RUN))
                .extracting(Chapter.Timer::due)
                .containsExactlyInAnyOrderElementsOf(due);
    }

    private void progress(RunRow row) {
        var report = RunReport.of(replayed);
        var progress = row.progress();
        assertThat(progress.status()).isEqualTo(report.status().name().toLowerCase(Locale.ROOT));
        assertThat(progress.ended()).isEqualTo(report.status().ended());
        assertThat(progress.tasks()).isEqualTo(report.tasks().size());
        assertThat(progress.undecided()).isEqualTo((int) report.count(TaskStatus.UNDECIDED));
        assertThat(progress.finished())
                .isEqualTo((int) report.tasks().stream().filter(t -> t.status().ended()).count());
        assertThat(progress.failed())
                .isEqualTo((int) report.tasks().stream().filter(t -> t.status().failed()).count());
    }

    /// The run has ended, and the journal is still what it was each time somebody looked.
    RunReport atTheEnd() {
        deep();
        assertThat(replayed.status().ended()).as("the run has ended").isTrue();
        assertThat(ends.keySet()).as("all attempts have ended").isEqualTo(assigned);
        var again = new ArrayList<RunEvent>();
        history.events(1, (_, event) -> again.add(event));
        assertThat(again).isEqualTo(journal);
        assertThat(RunEngine.evolve(RunEngine.start(), again)).isEqualTo(replayed);
        return RunReport.of(replayed);
    }

    /// All that is kept of the run.
    private record Picture(
            Optional<RunRow> row,
            List<Integer> pages,
            Optional<Integer> snapshot,
            List<AttemptRow> attempts,
            List<Chapter.Timer> timers,
            List<Request> requests) {
        static Picture of(Store store) {
            var runs = store.runs();
            return new Picture(
                    runs.find(DurableWorld.RUN),
                    runs.journal(DurableWorld.RUN, 1, PAGES_MAX).stream()
                            .map(page -> Arrays.hashCode(page.body()))
                            .toList(),
                    runs.snapshot(DurableWorld.RUN)
                            .map(RunStore.Snapshot::body)
                            .map(Arrays::hashCode),
                    store.attempts().of(DurableWorld.RUN),
                    store.timers().of(DurableWorld.RUN),
                    store.requests().of(DurableWorld.RUN));
        }
    }
}
