package dev.sloth.codec;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A workflow as the fields of a document: `workflow` with all but the tasks, and `tasks`, which
/// are written and read one by one.
public final class WorkflowFormat {
    private WorkflowFormat() {}

    public static void write(Pen pen, Workflow workflow) {
        pen.fielded("workflow", () -> head(pen, workflow));
        pen.name("tasks");
        pen.items(workflow.tasks(), task -> TaskFormat.write(pen, task));
    }

    private static void head(Pen pen, Workflow workflow) {
        pen.text("name", workflow.name());
        pen.text("description", workflow.description(), "");
        pen.text("version", workflow.version(), "");
        pen.list("stages", workflow.stages(), stage -> stage(pen, stage));
        pen.number("maxParallelTasks", workflow.maxParallelTasks(), 0);
        pen.flag("failFast", workflow.failFast(), false);
        pen.duration("timeout", workflow.timeout(), Duration.ZERO);
        PartFormat.write(pen, "hooks", workflow.hooks());
        pen.map("permissions", workflow.permissions(), pen.json()::writeBoolean);
        pen.map("secrets", workflow.secrets(), pen::text);
        pen.list("files", workflow.files(), pen::text);
        ValueFormat.write(pen, "rollback", workflow.rollback());
        PartFormat.write(pen, "at", workflow.at());
    }

    private static void stage(Pen pen, Stage stage) {
        pen.fielded(() -> {
            pen.text("name", stage.name());
            pen.flag("parallel", stage.parallel(), true);
            PartFormat.write(pen, "condition", stage.condition());
            pen.list("tasks", stage.tasks(), name -> pen.text(name.text()));
            pen.word("onFailure", stage.onFailure(), Stage.OnFailure.ABORT);
            pen.flag("approvalRequired", stage.approvalRequired(), false);
            pen.list("approvers", stage.approvers(), pen::text);
            pen.text("strategy", stage.strategy(), "");
            ValueFormat.write(pen, "rollbackTrigger", stage.rollbackTrigger());
            PartFormat.write(pen, "at", stage.at());
        });
    }

    // ---- reading

    /// Reads a document, and closes it.
    ///
    /// @throws DamagedDocument when it is not what was written
    public static Workflow read(InputStream document) {
        return Damage.unless(() -> {
            var reader = new Reader();
            Documents.read(document, reader);
            return reader.workflow();
        });
    }

    /// Takes the fields of a document.
    private static final class Reader implements Documents.Sections {
        private final TaskFormat format = new TaskFormat();
        private final List<Task> tasks = new ArrayList<>();
        private Optional<Fields> head = Optional.empty();

        @Override
        public boolean section(String name, Section section) {
            switch (name) {
                case "workflow" -> head = Optional.of(section.json().fields());
                case "tasks" -> section.each(json -> tasks.add(format.read(json)));
                default -> {
                    return false;
                }
            }
            return true;
        }

        Workflow workflow() {
            var fields = head.orElseThrow(() -> Damage.found("there is no workflow in it"));
            return new Workflow(
                    fields.text("name"),
                    fields.text("description", ""),
                    fields.text("version", ""),
                    tasks,
                    fields.list("stages", this::stage),
                    fields.count("maxParallelTasks", 0),
                    fields.flag("failFast", false),
                    fields.duration("timeout", Duration.ZERO),
                    PartFormat.hooks(fields, "hooks", WorkflowHook.values()),
                    fields.map("permissions", Json::flag),
                    fields.map("secrets", Json::text),
                    PartFormat.texts(fields, "files"),
                    fields.or("rollback", new DataTable(), ValueFormat::readTable),
                    PartFormat.span(fields, "at"));
        }

        private Stage stage(Json json) {
            var fields = json.fields();
            return new Stage(
                    fields.text("name"),
                    fields.flag("parallel", true),
                    PartFormat.condition(fields, "condition"),
                    fields.list("tasks", format::name),
                    fields.word("onFailure", Stage.OnFailure.ABORT, Stage.OnFailure.values()),
                    fields.flag("approvalRequired", false),
                    PartFormat.texts(fields, "approvers"),
                    fields.text("strategy", ""),
                    fields.or("rollbackTrigger", new DataTable(), ValueFormat::readTable),
                    PartFormat.span(fields, "at"));
        }
    }
}
