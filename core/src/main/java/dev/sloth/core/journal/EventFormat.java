package dev.sloth.core.journal;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.codec.Fields;
import dev.sloth.codec.Json;
import dev.sloth.codec.OutcomeFormat;
import dev.sloth.codec.Pen;
import dev.sloth.codec.ValueFormat;
import dev.sloth.core.run.HostShare;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.SkipReason;
import dev.sloth.core.run.TaskStatus;
import java.time.Instant;
import java.util.Optional;

/// The events of one chapter as JSON, in order: each says first what it `is`. The instant is left
/// out when it is that of the event before, and the run when it is the chapter's.
final class EventFormat {
    private final RunId run;
    private final Submissions submissions;
    private Instant last = Instant.MIN;

    EventFormat(RunId run, Submissions submissions) {
        this.run = run;
        this.submissions = submissions;
    }

    // ---- writing

    void write(Pen pen, RunEvent event) {
        pen.fielded(() -> fields(pen, event));
    }

    private void fields(Pen pen, RunEvent event) {
        switch (event) {
            case RunEvent.RunSubmitted e -> submitted(pen, e);
            case RunEvent.HookCalled e -> {
                hook(pen, "hook_called", e, e.hook());
                pen.flag("success", e.success());
            }
            case RunEvent.HookCancelling e -> hook(pen, "hook_cancelling", e, e.hook());
            case RunEvent.HookEnded e -> {
                hook(pen, "hook_ended", e, e.hook());
                OutcomeFormat.write(pen, "outcome", e.outcome());
            }
            case RunEvent.ConditionAsked e -> stage(pen, "condition_asked", e, e.stage());
            case RunEvent.ConditionCancelling e -> stage(pen, "condition_cancelling", e, e.stage());
            case RunEvent.StageStarted e -> stage(pen, "stage_started", e, e.stage());
            case RunEvent.StageStopping e -> {
                stage(pen, "stage_stopping", e, e.stage());
                pen.text("because", e.because().text());
            }
            case RunEvent.StageSkipped e -> {
                stage(pen, "stage_skipped", e, e.stage());
                pen.word("reason", e.reason());
                pen.text("message", e.message(), "");
            }
            case RunEvent.StageEnded e -> {
                stage(pen, "stage_ended", e, e.stage());
                pen.flag("failed", e.failed(), false);
            }
            case RunEvent.TaskReady e -> task(pen, "task_ready", e, e.task());
            case RunEvent.AttemptAssigned e -> attempt(pen, "attempt_assigned", e, e.id());
            case RunEvent.AttemptCancelling e -> attempt(pen, "attempt_cancelling", e, e.id());
            case RunEvent.AttemptEnded e -> {
                attempt(pen, "attempt_ended", e, e.id());
                OutcomeFormat.write(pen, "outcome", e.outcome());
            }
            case RunEvent.HostEnded e -> host(pen, e);
            case RunEvent.DecisionAwaited e -> attempt(pen, "decision_awaited", e, e.id());
            case RunEvent.AttemptDecided e -> decided(pen, e);
            case RunEvent.TaskReused e -> reused(pen, e);
            case RunEvent.RetryScheduled e -> {
                attempt(pen, "retry_scheduled", e, e.next());
                pen.instant("due", e.due());
            }
            case RunEvent.TaskEnded e -> {
                task(pen, "task_ended", e, e.task());
                pen.word("status", e.status());
                pen.text("message", e.message(), "");
            }
            case RunEvent.TaskSkipped e -> {
                task(pen, "task_skipped", e, e.task());
                pen.word("reason", e.reason());
                pen.text("message", e.message(), "");
            }
            case RunEvent.RunStopping e -> verdict(pen, "run_stopping", e, e.as(), e.message());
            case RunEvent.RunEnded e -> verdict(pen, "run_ended", e, e.status(), e.message());
        }
    }

    private void is(Pen pen, String word, RunEvent event) {
        pen.text("is", word);
        pen.instant("at", event.at(), last);
        last = event.at();
    }

    private void submitted(Pen pen, RunEvent.RunSubmitted e) {
        is(pen, "run_submitted", e);
        pen.text("run", e.run().text(), run.text());
        pen.text("workflow", submissions.keep(e.workflow()));
        if (e.values() != Value.Nil.NIL) {
            pen.text("values", submissions.keep(e.values()));
        }
        pen.number("parallel", e.parallel());
        pen.number("seed", e.seed());
        if (!e.reuse().equals(Reuse.NOTHING)) {
            pen.text("reuse", submissions.keep(e.reuse()));
        }
    }

    private void hook(Pen pen, String word, RunEvent event, WorkflowHook hook) {
        is(pen, word, event);
        pen.word("hook", hook);
    }

    private void stage(Pen pen, String word, RunEvent event, String stage) {
        is(pen, word, event);
        pen.text("stage", stage, "");
    }

    private void task(Pen pen, String word, RunEvent event, TaskName task) {
        is(pen, word, event);
        pen.text("task", task.text());
    }

    private void attempt(Pen pen, String word, RunEvent event, AttemptId id) {
        task(pen, word, event, id.task());
        pen.number("attempt", id.number(), 1);
        pen.text("run", id.run().text(), run.text());
    }

    private void verdict(Pen pen, String word, RunEvent event, RunStatus as, String message) {
        is(pen, word, event);
        pen.word("status", as);
        pen.text("message", message, "");
    }

    private void host(Pen pen, RunEvent.HostEnded e) {
        attempt(pen, "host_ended", e, e.id());
        pen.text("host", e.share().host(), "");
        pen.text("why", e.share().why(), "");
        e.share().givenAt().ifPresent(given -> pen.instant("given", given));
        OutcomeFormat.write(pen, "outcome", e.share().outcome());
    }

    private void decided(Pen pen, RunEvent.AttemptDecided e) {
        attempt(pen, "attempt_decided", e, e.id());
        ruling(pen, e.ruling());
        pen.text("by", e.by());
    }

    private void reused(Pen pen, RunEvent.TaskReused e) {
        task(pen, "task_reused", e, e.task());
        pen.text("from", e.from().text());
        OutcomeFormat.write(pen, "outcome", e.outcome());
    }

    private static void ruling(Pen pen, Ruling ruling) {
        switch (ruling) {
            case Ruling.Succeeded(var outputs) -> {
                pen.text("ruling", "succeeded");
                ValueFormat.write(pen, "outputs", outputs);
            }
            case Ruling.Failed() -> pen.text("ruling", "failed");
            case Ruling.Again() -> pen.text("ruling", "again");
        }
    }

    // ---- reading

    RunEvent read(Json json) {
        var fields = json.fields();
        last = fields.instant("at", last);
        return event(fields.text("is"), last, fields);
    }

    /// As [#read]; of a submission only that there was one: what was submitted may be large.
    RunSight.Seen glance(Json json) {
        var fields = json.fields();
        if (!fields.text("is").equals("run_submitted")) {
            return new RunSight.Seen.Happened(read(json));
        }
        last = fields.instant("at", last);
        return new RunSight.Seen.Submitted(last);
    }

    private RunEvent event(String is, Instant at, Fields f) {
        return switch (is) {
            case "run_submitted" -> submitted(at, f);
            case "hook_called" -> new RunEvent.HookCalled(at, hook(f), f.flag("success"));
            case "hook_cancelling" -> new RunEvent.HookCancelling(at, hook(f));
            case "hook_ended" -> new RunEvent.HookEnded(at, hook(f), outcome(f));
            case "condition_asked" -> new RunEvent.ConditionAsked(at, stage(f));
            case "condition_cancelling" -> new RunEvent.ConditionCancelling(at, stage(f));
            case "stage_started" -> new RunEvent.StageStarted(at, stage(f));
            case "stage_stopping" -> new RunEvent.StageStopping(at, stage(f), task(f, "because"));
            case "stage_skipped" -> new RunEvent.StageSkipped(at, stage(f), reason(f), message(f));
            case "stage_ended" -> new RunEvent.StageEnded(at, stage(f), f.flag("failed", false));
            case "task_ready" -> new RunEvent.TaskReady(at, task(f, "task"));
            case "attempt_assigned" -> new RunEvent.AttemptAssigned(at, attempt(f));
            case "attempt_cancelling" -> new RunEvent.AttemptCancelling(at, attempt(f));
            case "attempt_ended" -> new RunEvent.AttemptEnded(at, attempt(f), outcome(f));
            case "host_ended" -> new RunEvent.HostEnded(at, attempt(f), share(f));
            case "decision_awaited" -> new RunEvent.DecisionAwaited(at, attempt(f));
            case "attempt_decided" ->
                    new RunEvent.AttemptDecided(at, attempt(f), ruling(f), f.text("by"));
            case "task_reused" ->
                    new RunEvent.TaskReused(
                            at, task(f, "task"), new RunId(f.text("from")), outcome(f));
            case "retry_scheduled" -> new RunEvent.RetryScheduled(at, attempt(f), f.instant("due"));
            case "task_ended" ->
                    new RunEvent.TaskEnded(
                            at, task(f, "task"), f.word("status", TaskStatus.values()), message(f));
            case "task_skipped" ->
                    new RunEvent.TaskSkipped(at, task(f, "task"), reason(f), message(f));
            case "run_stopping" -> new RunEvent.RunStopping(at, status(f), message(f));
            case "run_ended" -> new RunEvent.RunEnded(at, status(f), message(f));
            default -> throw Damage.found("the event '" + is + "' means nothing");
        };
    }

    private RunEvent submitted(Instant at, Fields f) {
        return new RunEvent.RunSubmitted(
                at,
                runId(f),
                submissions.workflow(f.text("workflow")),
                f.or("values", Value.Nil.NIL, json -> submissions.values(json.text())),
                f.count("parallel"),
                f.number("seed"),
                f.or("reuse", Reuse.NOTHING, json -> submissions.reuse(json.text())));
    }

    private RunId runId(Fields f) {
        return f.or("run", run, json -> new RunId(json.text()));
    }

    private AttemptId attempt(Fields f) {
        return new AttemptId(runId(f), task(f, "task"), f.count("attempt", 1));
    }

    private static HostShare share(Fields f) {
        return new HostShare(
                f.text("host", ""),
                f.text("why", ""),
                f.all().containsKey("given") ? Optional.of(f.instant("given")) : Optional.empty(),
                outcome(f));
    }

    private static Ruling ruling(Fields f) {
        return switch (f.text("ruling")) {
            case "succeeded" ->
                    new Ruling.Succeeded(f.or("outputs", new DataTable(), ValueFormat::readTable));
            case "failed" -> new Ruling.Failed();
            case "again" -> new Ruling.Again();
            default -> throw Damage.found("nobody can decide '" + f.text("ruling") + "'");
        };
    }

    private static WorkflowHook hook(Fields f) {
        return f.word("hook", WorkflowHook.values());
    }

    private static String stage(Fields f) {
        return f.text("stage", "");
    }

    private static TaskName task(Fields f, String name) {
        return new TaskName(f.text(name));
    }

    private static Outcome outcome(Fields f) {
        return OutcomeFormat.read(f.at("outcome"));
    }

    private static SkipReason reason(Fields f) {
        return f.word("reason", SkipReason.values());
    }

    private static RunStatus status(Fields f) {
        return f.word("status", RunStatus.values());
    }

    private static String message(Fields f) {
        return f.text("message", "");
    }
}
