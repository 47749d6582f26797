package dev.sloth.core.event;

import dev.sloth.api.event.Event;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.journal.RunSight.Seen;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.PageStore.KeptPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What of a page of a journal is a fact for others: the beginnings and ends of runs, stages and
/// tasks, and what went wrong between them.
final class RunFacts {
    /// With what the types of facts of runs begin.
    static final List<String> FAMILIES = List.of("run.", "stage.", "task.");

    private static final String RUNNER = "runner";

    private final KeptPage page;
    private int index;

    private RunFacts(KeptPage page) {
        this.page = page;
    }

    /// The facts of a page, in their order.
    static List<Event> of(KeptPage page, List<Seen> seen) {
        var facts = new RunFacts(page);
        var events = new ArrayList<Event>();
        for (var one : seen) {
            facts.fact(one).ifPresent(events::add);
            facts.index++;
        }
        return events;
    }

    private Optional<Event> fact(Seen seen) {
        return switch (seen) {
            case Seen.Submitted(var at) -> run("run.started", at, data());
            case Seen.Happened(var event) -> fact(event);
        };
    }

    private Optional<Event> fact(RunEvent event) {
        return switch (event) {
            case RunEvent.RunSubmitted e -> run("run.started", e.at(), data());
            case RunEvent.StageStarted e -> stage("stage.started", e.at(), e.stage(), "");
            case RunEvent.StageSkipped e -> stage("stage.skipped", e.at(), e.stage(), e.message());
            case RunEvent.StageEnded e ->
                    stage(e.failed() ? "stage.failed" : "stage.completed", e.at(), e.stage(), "");
            case RunEvent.AttemptAssigned e ->
                    task("task.started", e.at(), e.id().task(), attempt(e.id()));
            case RunEvent.RetryScheduled e ->
                    task(
                            "task.retrying",
                            e.at(),
                            e.next().task(),
                            attempt(e.next()).with("due", e.due().toString()));
            case RunEvent.DecisionAwaited e ->
                    task("task.undecided", e.at(), e.id().task(), attempt(e.id()));
            case RunEvent.AttemptDecided e ->
                    task("task.decided", e.at(), e.id().task(), attempt(e.id()).with("by", e.by()));
            case RunEvent.TaskReused e ->
                    task("task.completed", e.at(), e.task(), data().with("reused", true));
            case RunEvent.TaskEnded e -> ended(e);
            case RunEvent.TaskSkipped e ->
                    task(
                            "task.skipped",
                            e.at(),
                            e.task(),
                            data().with("reason", word(e.reason())).with("message", e.message()));
            case RunEvent.RunStopping e ->
                    run("run.stopping", e.at(), standing(e.as(), e.message()));
            case RunEvent.RunEnded e ->
                    run(type(e.status()), e.at(), standing(e.status(), e.message()));
            case RunEvent.HookCalled _,
                    RunEvent.HookCancelling _,
                    RunEvent.HookEnded _,
                    RunEvent.ConditionAsked _,
                    RunEvent.ConditionCancelling _,
                    RunEvent.StageStopping _,
                    RunEvent.TaskReady _,
                    RunEvent.AttemptCancelling _,
                    RunEvent.HostEnded _,
                    RunEvent.AttemptEnded _ ->
                    Optional.empty();
        };
    }

    private Optional<Event> ended(RunEvent.TaskEnded e) {
        var data = data().with("status", word(e.status())).with("message", e.message());
        return task(type(e.status()), e.at(), e.task(), data);
    }

    private static String type(TaskStatus status) {
        return switch (status) {
            case SUCCEEDED -> "task.completed";
            case SKIPPED -> "task.skipped";
            case CANCELLED -> "task.cancelled";
            case ABORTED -> "task.aborted";
            case FAILED, TIMED_OUT, UNKNOWN -> "task.failed";
            case WAITING, READY, RUNNING, CANCELLING, RETRYING, UNDECIDED -> "task.waiting";
        };
    }

    private static String type(RunStatus status) {
        return switch (status) {
            case SUCCEEDED -> "run.completed";
            case CANCELLED -> "run.cancelled";
            case ABORTED -> "run.aborted";
            case FAILED, TIMED_OUT -> "run.failed";
            case RUNNING, WAITING -> "run.waiting";
        };
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private DataTable data() {
        return new DataTable().with("run", page.run().text()).with("workflow", page.workflow());
    }

    private DataTable standing(RunStatus status, String message) {
        return data().with("status", word(status)).with("message", message);
    }

    private DataTable attempt(AttemptId id) {
        return data().with("attempt", id.number());
    }

    private List<String> causes() {
        return page.because().isEmpty()
                ? List.of()
                : List.of(page.because().split(NewRun.THEN, -1));
    }

    private Optional<Event> run(String type, Instant at, DataTable data) {
        return event(type, page.run().text(), at, data);
    }

    private Optional<Event> stage(String type, Instant at, String stage, String message) {
        return event(
                type,
                page.run() + "/stage/" + stage,
                at,
                data().with("stage", stage).with("message", message));
    }

    private Optional<Event> task(String type, Instant at, TaskName task, DataTable data) {
        return event(type, page.run() + "/" + task, at, data.with("task", task.text()));
    }

    private Optional<Event> event(String type, String subject, Instant at, DataTable data) {
        var id = EventId.run(page.number(), index);
        return Optional.of(new Event(id, type, subject, RUNNER, at, data, causes()));
    }
}
