package dev.sloth.core.journal;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
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
    private final Documents documents;
    private final Function<String, Optional<Content>> stored;
    private final IdentityHashMap<Object, String> known = new IdentityHashMap<>();
    private final List<Content> written = new ArrayList<>();

    Submissions(Documents documents, Function<String, Optional<Content>> stored) {
        this.documents = documents;
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
                    pen.json().writeName("tasks");
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
        var content = documents.content(sections);
        written.add(content);
        known.put(kept, content.sha256());
        return content.sha256();
    }

    // ---- reading

    Workflow workflow(String sha256) {
        var reader = new WorkflowFormat.Reader();
        documents.read(found(sha256), reader);
        return read(sha256, reader.workflow());
    }

    Value values(String sha256) {
        var read = new ArrayList<Value>();
        documents.read(
                found(sha256),
                (name, parser) ->
                        name.equals("value") && read.add(ValueFormat.read(Json.read(parser))));
        return read(sha256, read.isEmpty() ? Value.Nil.NIL : read.getFirst());
    }

    Reuse reuse(String sha256) {
        var from = new ArrayList<RunId>();
        var outcomes = new HashMap<TaskName, Outcome>();
        documents.read(
                found(sha256),
                (name, parser) -> {
                    switch (name) {
                        case "from" -> from.add(new RunId(Json.read(parser).text()));
                        case "tasks" ->
                                Documents.each(
                                        parser,
                                        json -> {
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

    private <T> T read(String sha256, T value) {
        known.put(value, sha256);
        return value;
    }

    private Content found(String sha256) {
        return stored.apply(sha256)
                .orElseThrow(() -> Damage.found("content " + sha256 + " is missing"));
    }
}
