package dev.sloth.codec;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.TaskName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The tasks of one workflow as JSON, under the names of their components. Reading shares what many
/// tasks have in common.
final class TaskFormat {
    /// What an absent timeout means in this format.
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Map<String, TaskName> names = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    static void write(Pen pen, Task task) {
        pen.fielded(() -> {
            pen.text("name", task.name().text());
            pen.text("description", task.description(), "");
            PartFormat.write(pen, "action", task.action());
            pen.list("dependsOn", task.dependsOn(), name -> pen.text(name.text()));
            pen.list("runOnFailureOf", task.runOnFailureOf(), name -> pen.text(name.text()));
            ValueFormat.write(pen, "params", task.params());
            pen.duration("timeout", task.timeout(), TIMEOUT);
            PartFormat.write(pen, "retry", task.retry());
            PartFormat.write(pen, "runIf", task.runIf());
            PartFormat.write(pen, "abortIf", task.abortIf());
            PartFormat.write(pen, "hooks", task.hooks());
            PartFormat.write(pen, "workdir", task.workdir());
            pen.text("user", task.user(), "");
            pen.map("environment", task.environment(), pen::text);
            pen.map("secretEnvironment", task.secretEnvironment(), pen::text);
            pen.list("artifacts", task.artifacts(), pen::text);
            pen.list("consumes", task.consumes(), pen::text);
            pen.list("outputs", task.outputs(), pen::text);
            PartFormat.write(pen, "placement", task.placement());
            pen.flag("idempotent", task.idempotent(), false);
            pen.flag("exclusive", task.exclusive(), false);
            pen.text("stage", task.stage(), "");
            pen.map("extra", task.extra(), value -> ValueFormat.write(pen, value));
            PartFormat.write(pen, "at", task.at());
        });
    }

    Task read(Json json) {
        var fields = json.fields();
        return new Task(
                name(fields.at("name")),
                fields.text("description", ""),
                PartFormat.action(fields, "action"),
                fields.list("dependsOn", this::name),
                fields.list("runOnFailureOf", this::name),
                fields.or("params", new DataTable(), ValueFormat::readTable),
                fields.duration("timeout", TIMEOUT),
                PartFormat.retry(fields, "retry"),
                PartFormat.condition(fields, "runIf"),
                PartFormat.condition(fields, "abortIf"),
                PartFormat.hooks(fields, "hooks", TaskHook.values()),
                PartFormat.workdir(fields, "workdir"),
                fields.text("user", ""),
                fields.map("environment", Json::text),
                fields.map("secretEnvironment", Json::text),
                PartFormat.texts(fields, "artifacts"),
                PartFormat.texts(fields, "consumes"),
                PartFormat.texts(fields, "outputs"),
                PartFormat.placement(fields, "placement"),
                fields.flag("idempotent", false),
                fields.flag("exclusive", false),
                shared(fields.text("stage", "")),
                fields.map("extra", ValueFormat::read),
                span(fields));
    }

    TaskName name(Json json) {
        return names.computeIfAbsent(json.text(), TaskName::new);
    }

    private String shared(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }

    private Span span(Fields fields) {
        var at = PartFormat.span(fields, "at");
        return new Span(shared(at.file()), at.line(), at.column());
    }
}
