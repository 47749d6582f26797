package dev.sloth.master.rpc;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunCommand;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run that somebody did once, each task of which gave its name and kept a file called so.
///
/// @param folder for what it keeps
record PastRun(Store store, Path folder, RunId id, Workflow workflow) {
    static final DataTable VALUES = new DataTable().with("region", "north");
    static final Map<String, String> LABELS = Map.of("team", "blue");
    static final String SCRIPT = "/project/a.sloth";

    private static final Instant NOW = DoorWorld.NOW;

    static List<RunFile> files() {
        return List.of(
                new RunFile(RunFile.Role.PROJECT, "/project", ""),
                new RunFile(RunFile.Role.SCRIPT, SCRIPT, text().sha256()));
    }

    private static Content text() {
        return Content.of("a script".getBytes(StandardCharsets.UTF_8));
    }

    /// Until its end.
    ///
    /// @param failing those that fail
    void drive(Set<String> failing) {
        var conductor = begun();
        var commands = new ArrayDeque<>(conductor.accept(submit()).commands());
        while (!commands.isEmpty()) {
            if (commands.remove() instanceof RunCommand.Dispatch(var work)) {
                keep(work.id().task());
                var outcome = outcome(work.id().task().text(), failing);
                var ended = new RunInput.AttemptEnded(NOW, work.id(), outcome);
                commands.addAll(conductor.accept(ended).commands());
            }
        }
    }

    /// Its first step, and no more: what drove it was killed then.
    void begin(Reuse reuse) {
        var _ = begun().accept(new RunInput.Submit(NOW, id, workflow, VALUES, 100, 1, reuse));
    }

    private Conductor begun() {
        var run =
                new NewRun(
                        id,
                        workflow.name(),
                        SCRIPT,
                        NOW,
                        LABELS,
                        files(),
                        List.of(text()),
                        new Owner("h", "b", 1, 1),
                        NOW);
        return new Conductor(StoredJournal.submitting(store.runs(), run));
    }

    private RunInput submit() {
        return new RunInput.Submit(NOW, id, workflow, VALUES, 100, 1);
    }

    private static Outcome outcome(String task, Set<String> failing) {
        return failing.contains(task)
                ? Outcome.failed("no", new Outcome.Failure(Span.NOWHERE, List.of()))
                : Outcome.succeeded("", new DataTable().with("name", task), true);
    }

    private void keep(TaskName task) {
        try {
            var file = Files.writeString(folder.resolve(task.text()), task.text());
            var attempt = new AttemptId(id, task, 1);
            store.artifacts().keep(new Claim(id, 1), attempt, task.text(), file, NOW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
