package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.cli.view.Document;
import dev.sloth.core.run.HostShare;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.SkipReason;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Events of a run as fields with the names of `docs/cli.md`: `number at event`, and what the event
/// says.
final class EventFields {
    private static final int EVENT_WIDTH = 20;

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final long number;
    private final RunEvent event;

    private EventFields(long number, RunEvent event) {
        this.number = number;
        this.event = event;
        read();
    }

    static Document document(long number, RunEvent event) {
        var document =
                new Document()
                        .with("number", number)
                        .with("at", event.at())
                        .with("event", word(event));
        new EventFields(number, event).fields.forEach(document::with);
        return document;
    }

    static String line(long number, RunEvent event) {
        return new EventFields(number, event).line();
    }

    private String line() {
        var said =
                fields.entrySet().stream()
                        .filter(field -> !field.getValue().toString().isEmpty())
                        .filter(field -> !field.getKey().equals("outputs"))
                        .map(field -> field.getKey() + "=" + flat(field.getValue()))
                        .collect(Collectors.joining(" "));
        var word = word(event);
        return "%6d  %s  %s%s  %s"
                .formatted(
                        number,
                        RunDocuments.exactly(event.at()),
                        word,
                        " ".repeat(Math.max(0, EVENT_WIDTH - word.length())),
                        said)
                .stripTrailing();
    }

    private static String flat(Object value) {
        var text = value.toString().replaceAll("\\p{Cntrl}", " ");
        return text.contains(" ") ? "\"" + text + "\"" : text;
    }

    /// `AttemptEnded` is `attempt_ended`.
    private static String word(RunEvent event) {
        return event.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    private void read() {
        switch (event) {
            case RunEvent.RunSubmitted e -> submitted(e);
            case RunEvent.HookCalled(_, var hook, var success) -> {
                put("hook", hook);
                put("success", success);
            }
            case RunEvent.HookCancelling(_, var hook) -> put("hook", hook);
            case RunEvent.HookEnded(_, var hook, var outcome) -> {
                put("hook", hook);
                outcome(outcome);
            }
            case RunEvent.ConditionAsked(_, var stage) -> put("stage", stage);
            case RunEvent.ConditionCancelling(_, var stage) -> put("stage", stage);
            case RunEvent.StageStarted(_, var stage) -> put("stage", stage);
            case RunEvent.StageStopping(_, var stage, var because) -> {
                put("stage", stage);
                put("because", because);
            }
            case RunEvent.StageSkipped(_, var stage, var reason, var message) -> {
                put("stage", stage);
                because(reason, message);
            }
            case RunEvent.StageEnded(_, var stage, var failed) -> {
                put("stage", stage);
                put("failed", failed);
            }
            case RunEvent.TaskReady(_, var task) -> put("task", task);
            case RunEvent.AttemptAssigned(_, var id) -> attempt(id);
            case RunEvent.AttemptCancelling(_, var id) -> attempt(id);
            case RunEvent.AttemptEnded(_, var id, var outcome) -> {
                attempt(id);
                outcome(outcome);
            }
            case RunEvent.HostEnded(_, var id, var share) -> share(id, share);
            case RunEvent.DecisionAwaited(_, var id) -> attempt(id);
            case RunEvent.AttemptDecided e -> decided(e);
            case RunEvent.TaskReused(_, var task, var from, var outcome) -> {
                put("task", task);
                put("from", from);
                outcome(outcome);
            }
            case RunEvent.RetryScheduled(_, var next, var due) -> {
                attempt(next);
                put("due", due);
            }
            case RunEvent.TaskEnded(_, var task, var status, var message) -> {
                put("task", task);
                status(status, message);
            }
            case RunEvent.TaskSkipped(_, var task, var reason, var message) -> {
                put("task", task);
                because(reason, message);
            }
            case RunEvent.RunStopping(_, var as, var message) -> status(as, message);
            case RunEvent.RunEnded(_, var status, var message) -> status(status, message);
        }
    }

    private void submitted(RunEvent.RunSubmitted e) {
        put("workflow", e.workflow().name());
        put("tasks", e.workflow().tasks().size());
        put("parallel", e.parallel());
        put("from", e.reuse().from());
        put("reused", e.reuse().outcomes().size());
    }

    private void decided(RunEvent.AttemptDecided e) {
        attempt(e.id());
        put("by", e.by());
        switch (e.ruling()) {
            case Ruling.Succeeded(var outputs) -> {
                put("ruling", "succeeded");
                put("outputs", outputs);
            }
            case Ruling.Failed() -> put("ruling", "failed");
            case Ruling.Again() -> put("ruling", "retry");
        }
    }

    private void share(AttemptId id, HostShare share) {
        attempt(id);
        put("host", share.host());
        put("why", share.why());
        share.givenAt().ifPresent(given -> put("given_at", given));
        outcome(share.outcome());
    }

    private void status(Enum<?> status, String message) {
        put("status", status);
        put("message", message);
    }

    private void because(SkipReason reason, String message) {
        put("reason", reason);
        put("message", message);
    }

    private void attempt(AttemptId id) {
        put("task", id.task());
        put("attempt", id.number());
    }

    private void outcome(Outcome outcome) {
        status(outcome.status(), outcome.message());
        put("changed", outcome.changed());
        put("outputs", outcome.outputs());
    }

    private void put(String name, Object value) {
        fields.put(
                name, value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value);
    }
}
