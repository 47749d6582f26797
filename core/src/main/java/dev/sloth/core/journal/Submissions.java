package dev.sloth.core.journal;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.codec.Documents;
import dev.sloth.codec.OutcomeFormat;
import dev.sloth.codec.Pen;
import dev.sloth.codec.ValueFormat;
import dev.sloth.codec.WorkflowFormat;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.store.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// What events say by its SHA-256 because it is large: workflows, values, and what is reused.
/// Collects what is written, finds what is read, and knows both again.
final class Submissions {
    private final Function<String, Optional<Content>> stored;
    private final IdentityHashMap<Object, String> known = new IdentityHashMap<>();
    private final List<Content> written = new ArrayList<>();

    Submissions(Function<String, Optional<Content>> stored) {
        this.stored = stored;
    }

    /// Contents to be kept with the chapter that names them.
    List<Content> written() {
        return List.copyOf(written);
    }

    /// What was written is kept now.
    void kept() {
        written.clear();
    }

    // ---- writing

    String keep(Workflow workflow) {
        return keep(workflow, pen -> WorkflowFormat.write(pen, workflow));
    }

    String keep(Value values) {
        return keep(values, pen -> ValueFormat.write(pen, "value", values));
    }

    String keep(Reuse reuse) {
        return keep(
                reuse,
                pen -> {
                    pen.text("from", reuse.from().text());
                    pen.name("tasks");
                    pen.items(
                            new TreeMap<>(reuse.outcomes()).entrySet(),
                            entry ->
                                    pen.fielded(() -> {
                                        pen.text("task", entry.getKey().text());
                                        OutcomeFormat.write(pen, "outcome", entry.getValue());
                                    }));
                });
    }

    private String keep(Object kept, Consumer<Pen> sections) {
        var before = known.get(kept);
        if (before != null) {
            return before;
        }
        var content = Content.written(out -> Documents.write(out, sections));
        written.add(content);
        known.put(kept, content.sha256());
        return content.sha256();
    }

    // ---- reading

    Workflow workflow(String sha256) {
        var content = found(sha256);
        return read(
                sha256,
                Damage.unless(content.toString(), () -> WorkflowFormat.read(content.open())));
    }

    Value values(String sha256) {
        var read = new ArrayList<Value>();
        read(
                found(sha256),
                (name, section) ->
                        name.equals("value") && read.add(ValueFormat.read(section.json())));
        return read(sha256, read.isEmpty() ? Value.Nil.NIL : read.getFirst());
    }

    Reuse reuse(String sha256) {
        var from = new ArrayList<RunId>();
        var outcomes = new HashMap<TaskName, Outcome>();
        read(
                found(sha256),
                (name, section) -> {
                    switch (name) {
                        case "from" -> from.add(new RunId(section.json().text()));
                        case "tasks" ->
                                section.each(json -> {
                                    var fields = json.fields();
                                    outcomes.put(
                                            new TaskName(fields.text("task")),
                                            OutcomeFormat.read(fields.at("outcome")));
                                });
                        default -> {
                            return false;
                        }
                    }
                    return true;
                });
        if (from.isEmpty()) {
            throw Damage.found("it does not say what run is reused");
        }
        return read(sha256, new Reuse(from.getFirst(), outcomes));
    }

    private static void read(Content content, Documents.Sections sections) {
        var _ =
                Damage.unless(
                        content.toString(),
                        () -> {
                            Documents.read(content.open(), sections);
                            return content;
                        });
    }

    private <T> T read(String sha256, T value) {
        known.put(value, sha256);
        return value;
    }

    private Content found(String sha256) {
        return stored.apply(sha256)
                .orElseThrow(() -> Damage.found("content " + sha256 + " is missing"));
    }
}
