package dev.sloth.agent;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Workdir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where one attempt works.
final class WorkFolder {
    private final Path path;
    private final Workdir wanted;
    private final boolean ours;
    private Fresh fresh = _ -> {};
    private boolean made;

    /// What is to happen to a folder of an attempt's own before anything is in it.
    @FunctionalInterface
    interface Fresh {
        void made(Path folder) throws IOException;
    }

    private WorkFolder(Path path, Workdir wanted, boolean ours) {
        this.path = path;
        this.wanted = wanted;
        this.ours = ours;
    }

    /// For an attempt of which nothing has happened: empty, unless it is shared. One of its own is
    /// made when it is needed: many a function never looks at it.
    static WorkFolder open(Workdir wanted, RunScript run, AttemptId attempt, AttemptRecord record)
            throws IOException {
        var path = path(wanted, run, attempt);
        if (wanted.path().isEmpty()) {
            // Left over from an executor that was killed in this very attempt.
            FolderTree.remove(path);
            return new WorkFolder(path, wanted, true);
        } else if (wanted.cleanup() == Workdir.Cleanup.ALWAYS && Files.notExists(path)) {
            record.ownFolder();
        }
        return reopen(wanted, run, attempt, record);
    }

    /// For an attempt that goes on: as it was left.
    static WorkFolder reopen(Workdir wanted, RunScript run, AttemptId attempt, AttemptRecord record)
            throws IOException {
        var path = path(wanted, run, attempt);
        var folder = new WorkFolder(path, wanted, wanted.path().isEmpty() || record.ownsFolder());
        var _ = folder.made();
        return folder;
    }

    private static Path path(Workdir wanted, RunScript run, AttemptId attempt) {
        if (!wanted.path().isEmpty()) {
            return run.source().project().resolve(wanted.path()).toAbsolutePath().normalize();
        }
        var name = FileNames.of(attempt.task().text()) + "-" + attempt.number();
        return run.folder().toAbsolutePath().resolve("work").resolve(name).normalize();
    }

    synchronized void whenFresh(Fresh wish) {
        fresh = wish;
    }

    /// Where it is, once it is made.
    Path path() {
        return path;
    }

    /// Makes it if it is not made yet; from any thread.
    synchronized Path made() throws IOException {
        if (!made) {
            boolean isFresh = wanted.path().isEmpty() && Files.notExists(path);
            Files.createDirectories(path);
            if (isFresh) {
                fresh.made(path);
            }
            made = true;
        }
        return path;
    }

    /// Removes the folder when the task wants that. A folder that was there before is never
    /// removed, and one with a name of its own only when the task says `always`: other tasks may
    /// count on its files.
    synchronized void close(Outcome.Status status) throws IOException {
        if (!made) {
            return;
        }
        boolean well =
                status == Outcome.Status.SUCCEEDED
                        || status == Outcome.Status.SKIPPED
                        || status == Outcome.Status.ABORTED;
        boolean remove =
                switch (wanted.cleanup()) {
                    case ALWAYS -> true;
                    case ON_SUCCESS -> well && wanted.path().isEmpty();
                    case NEVER -> false;
                };
        if (remove && ours) {
            FolderTree.remove(path);
        }
    }
}
