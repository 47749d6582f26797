package dev.sloth.core.journal;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.store.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What events say by its SHA-256 because it is large: workflows and values. Collects what is
/// written, and finds what is read.
final class Submissions {
    private final Documents documents;
    private final Function<String, Optional<Content>> stored;
    private final List<Content> written = new ArrayList<>();

    Submissions(Documents documents, Function<String, Optional<Content>> stored) {
        this.documents = documents;
        this.stored = stored;
    }

    /// Contents to be kept with the chapter that names them.
    List<Content> written() {
        return List.copyOf(written);
    }

    String keep(Workflow workflow) {
        return keep(documents.content(pen -> WorkflowFormat.write(pen, workflow)));
    }

    String keep(Value values) {
        return keep(documents.content(pen -> ValueFormat.write(pen, "value", values)));
    }

    private String keep(Content content) {
        written.add(content);
        return content.sha256();
    }

    Workflow workflow(String sha256) {
        var reader = new WorkflowFormat.Reader();
        documents.read(found(sha256), reader);
        return reader.workflow();
    }

    Value values(String sha256) {
        var read = new ArrayList<Value>();
        documents.read(
                found(sha256),
                (name, parser) ->
                        name.equals("value") && read.add(ValueFormat.read(Json.read(parser))));
        return read.isEmpty() ? Value.Nil.NIL : read.getFirst();
    }

    private Content found(String sha256) {
        return stored.apply(sha256)
                .orElseThrow(() -> Damage.found("content " + sha256 + " is missing"));
    }
}
