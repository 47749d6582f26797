package dev.sloth.codec;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import java.util.HashMap;
import java.util.Map;

/// An assignment as a document of its own: the `attempt`, the `task`, and the `inputs` by task. The
/// attempt says its task only when that is another.
public final class AssignmentFormat {
    private static final String SECTION = "assignment";

    private AssignmentFormat() {}

    /// @throws IllegalArgumentException when params or inputs are not data
    public static byte[] bytes(Assignment assignment) {
        var task = assignment.task();
        return Documents.single(
                SECTION,
                pen ->
                        pen.fielded(() -> {
                            pen.fielded("attempt", () -> attempt(pen, assignment.id(), task));
                            pen.name("task");
                            TaskFormat.write(pen, task);
                            pen.map(
                                    "inputs",
                                    texts(assignment.inputs()),
                                    table -> ValueFormat.write(pen, table));
                        }));
    }

    private static void attempt(Pen pen, AttemptId id, Task task) {
        pen.text("run", id.run().text());
        pen.text("task", id.task().text(), task.name().text());
        pen.number("number", id.number(), 1);
    }

    private static Map<String, Value> texts(Map<TaskName, Value.Table> inputs) {
        var texts = new HashMap<String, Value>();
        inputs.forEach((from, table) -> texts.put(from.text(), table));
        return texts;
    }

    // ---- reading

    /// @throws DamagedDocument when they are not what was written
    public static Assignment read(byte[] bytes) {
        return Documents.single(SECTION, bytes, AssignmentFormat::read);
    }

    private static Assignment read(Json json) {
        var fields = json.fields();
        var task = new TaskFormat().read(fields.at("task"));
        var inputs = new HashMap<TaskName, Value.Table>();
        fields.map("inputs", ValueFormat::readTable)
                .forEach((from, table) -> inputs.put(new TaskName(from), table));
        return new Assignment(attempt(fields.at("attempt").fields(), task), task, inputs);
    }

    private static AttemptId attempt(Fields fields, Task task) {
        return new AttemptId(
                new RunId(fields.text("run")),
                fields.or("task", task.name(), json -> new TaskName(json.text())),
                fields.count("number", 1));
    }
}
