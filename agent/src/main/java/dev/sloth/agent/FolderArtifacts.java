package dev.sloth.agent;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Artifacts as plain files: `artifacts/TASK/PATH` in the folder of the run.
public final class FolderArtifacts implements ArtifactStore {
    private final Function<RunId, Path> folders;

    /// `folders` gives the folder of each run.
    public FolderArtifacts(Function<RunId, Path> folders) {
        this.folders = folders;
    }

    private Path root(RunId run) {
        return folders.apply(run).resolve("artifacts");
    }

    @Override
    public void keep(AttemptId attempt, Path relative, Path file) throws IOException {
        var task = root(attempt.run()).resolve(FileNames.of(attempt.task().text()));
        var target = task.resolve(relative).normalize();
        if (relative.isAbsolute() || !target.startsWith(task)) {
            throw new IOException(relative + " leads out of the work folder");
        }
        Files.createDirectories(target.getParent());
        // Moved into place whole: a reader never sees half a file.
        var part = Files.createTempFile(task, ".part", "");
        Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private record Found(Path file, Path relative, FileTime at) {}

    @Override
    public List<Kept> kept(RunId run) throws IOException {
        var found = new ArrayList<Found>();
        if (Files.notExists(root(run))) {
            return List.of();
        }
        try (var tasks = Files.newDirectoryStream(root(run))) {
            for (var task : tasks) {
                for (var relative : Globs.find(task, "**")) {
                    var file = task.resolve(relative);
                    found.add(new Found(file, relative, Files.getLastModifiedTime(file)));
                }
            }
        }
        found.sort(Comparator.comparing(Found::at).thenComparing(Found::file));
        return found.stream().map(FolderArtifacts::kept).toList();
    }

    private static Kept kept(Found found) {
        return new Kept(
                found.relative(),
                target -> Files.copy(found.file(), target, StandardCopyOption.REPLACE_EXISTING));
    }
}
