package dev.sloth.cli;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.StoreFailure;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Copies of a run's artifacts in a folder of the user.
final class ArtifactCopies {
    private static final String CODE = "SLOTH-4007";

    private final ArtifactStore store;
    private final UnaryOperator<String> again;
    private final Path folder;

    /// @param again the command that makes again what a task of the run has kept
    ArtifactCopies(ArtifactStore store, UnaryOperator<String> again, Path folder) {
        this.store = store;
        this.again = again;
        this.folder = folder;
    }

    /// Those that are whole are written, also when others are damaged.
    ///
    /// @throws Problems when they cannot be written
    /// @throws StoreFailure when some are damaged
    void write(List<Artifact> artifacts) {
        var damaged = new LinkedHashMap<Artifact, StoreFailure>();
        try {
            for (var target : targets(artifacts).entrySet()) {
                try {
                    write(target.getValue(), target.getKey());
                } catch (StoreFailure e) {
                    if (e.reason() != StoreFailure.Reason.DAMAGED) {
                        throw e;
                    }
                    damaged.put(target.getValue(), e);
                }
            }
        } catch (IOException e) {
            throw new Problems(
                    problem(
                            "artifacts cannot be written to %s: %s"
                                    .formatted(folder, FileTrouble.words(e)),
                            "give --to a folder that you may write to"));
        }
        if (!damaged.isEmpty()) {
            throw StoreProblems.damaged(
                    damaged.values().stream().map(e -> String.valueOf(e.getMessage())).toList(),
                    remedy(List.copyOf(damaged.keySet())));
        }
    }

    private String remedy(List<Artifact> damaged) {
        if (damaged.size() == 1) {
            return "only this artifact is damaged; %s makes it again"
                    .formatted(again.apply(damaged.getFirst().id().task().text()));
        }
        return "only these artifacts are damaged; %s makes those of a task again"
                .formatted(again.apply("TASK"));
    }

    /// Folders that were made for what then could not be written go again.
    private void write(Artifact artifact, Path target) throws IOException {
        Deque<Path> made = new ArrayDeque<>();
        for (var at = target.getParent(); at != null && Files.notExists(at); at = at.getParent()) {
            made.add(at);
        }
        Files.createDirectories(target.getParent());
        try {
            store.copy(artifact, target);
        } catch (StoreFailure e) {
            while (!made.isEmpty()) {
                removeEmpty(made.remove());
            }
            throw e;
        }
    }

    private static void removeEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else has put something there meanwhile.
            return;
        }
    }

    /// Checked before anything is written.
    private Map<Path, Artifact> targets(List<Artifact> artifacts) {
        var targets = new LinkedHashMap<Path, Artifact>();
        var problems = new ArrayList<Problem>();
        for (var artifact : artifacts) {
            var target = folder.resolve(artifact.path()).normalize();
            if (!target.startsWith(folder) || target.equals(folder)) {
                problems.add(
                        problem(
                                "the artifact '" + artifact.path() + "' would leave " + folder,
                                "name the others with a pattern"));
                continue;
            }
            var other = targets.put(target, artifact);
            if (other != null) {
                problems.add(
                        problem(
                                "%s was kept by %s and by %s"
                                        .formatted(
                                                artifact.path(),
                                                other.id().task(),
                                                artifact.id().task()),
                                "choose one of them with -t"));
            }
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return targets;
    }

    private static Problem problem(String message, String remedy) {
        return new Problem(CODE, message, Span.NOWHERE, remedy);
    }
}
