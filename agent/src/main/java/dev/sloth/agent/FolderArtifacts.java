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

    private record Kept(Path file, Path relative, FileTime at) {}

    @Override
    public List<String> copyInto(RunId run, String wanted, Path folder) throws IOException {
        var copied = new ArrayList<String>();
        for (var kept : meant(run, wanted)) {
            var target = folder.resolve(kept.relative()).normalize();
            if (!target.startsWith(folder.normalize())) {
                throw new IOException(kept.relative() + " leads out of the work folder");
            }
            Files.createDirectories(target.getParent());
            Files.copy(kept.file(), target, StandardCopyOption.REPLACE_EXISTING);
            copied.add(kept.relative().toString());
        }
        return copied.stream().distinct().toList();
    }

    private List<Kept> meant(RunId run, String wanted) throws IOException {
        var found = new ArrayList<Kept>();
        if (Files.notExists(root(run))) {
            return found;
        }
        var matcher = Globs.matcher(wanted);
        try (var tasks = Files.newDirectoryStream(root(run))) {
            for (var task : tasks) {
                for (var relative : Globs.find(task, "**")) {
                    boolean named = relative.getFileName().toString().equals(wanted);
                    if (named || matcher.matches(relative)) {
                        var file = task.resolve(relative);
                        found.add(new Kept(file, relative, Files.getLastModifiedTime(file)));
                    }
                }
            }
        }
        found.sort(Comparator.comparing(Kept::at).thenComparing(Kept::file));
        return found;
    }
}
