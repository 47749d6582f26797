package dev.sloth.core.journal;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.store.Content;
import java.util.Optional;

/// What a run is submitted with, as contents and back: the same ones that its journal will name.
public final class SubmittedDocuments {
    private SubmittedDocuments() {}

    public static Content of(Workflow workflow) {
        return written(documents -> documents.keep(workflow));
    }

    public static Content of(Value values) {
        return written(documents -> documents.keep(values));
    }

    private interface Writing {
        String in(Submissions documents);
    }

    private static Content written(Writing writing) {
        var documents = new Submissions(_ -> Optional.empty());
        var _ = writing.in(documents);
        return documents.written().getFirst();
    }

    /// @throws dev.sloth.core.store.StoreFailure `DAMAGED` when it is no workflow
    public static Workflow workflow(Content content) {
        return reading(content).workflow(content.sha256());
    }

    /// @throws dev.sloth.core.store.StoreFailure `DAMAGED` when it is no value
    public static Value values(Content content) {
        return reading(content).values(content.sha256());
    }

    private static Submissions reading(Content content) {
        return new Submissions(_ -> Optional.of(content));
    }
}
