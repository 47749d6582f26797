package dev.sloth.agent;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Keeps files of attempts for later tasks and for the user. Safe for use by many threads.
public interface ArtifactStore {
    /// Keeps a copy of a file under its path relative to the work folder; an earlier attempt's is
    /// replaced.
    void keep(AttemptId attempt, Path relative, Path file) throws IOException;

    /// All kept files of a run, those that were kept first first.
    List<Kept> kept(RunId run) throws IOException;

    /// @param path relative to the work folder that it came from
    record Kept(Path path, Copying copying) {}

    /// How the content of one kept file is had.
    interface Copying {
        /// What is there is replaced. The folder of the target is there.
        void to(Path target) throws IOException;
    }

    /// Copies into the folder, under their kept paths, all kept files of the run that are meant by
    /// `wanted`: a path, a glob over paths, or a bare file name. Gives the paths; empty when there
    /// is no such artifact. Where two tasks kept the same path, the later wins.
    default List<String> copyInto(RunId run, String wanted, Path folder) throws IOException {
        var copied = new ArrayList<String>();
        var matcher = Globs.matcher(wanted);
        for (var kept : kept(run)) {
            var name = kept.path().getFileName();
            boolean named = name != null && name.toString().equals(wanted);
            if (!named && !matcher.matches(kept.path())) {
                continue;
            }
            var target = folder.resolve(kept.path()).normalize();
            if (!target.startsWith(folder.normalize())) {
                throw new IOException(kept.path() + " leads out of the work folder");
            }
            var parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            kept.copying().to(target);
            copied.add(kept.path().toString());
        }
        return copied.stream().distinct().toList();
    }
}
