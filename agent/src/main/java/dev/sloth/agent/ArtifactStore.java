package dev.sloth.agent;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Keeps files of attempts for later tasks and for the user. Safe for use by many threads.
public interface ArtifactStore {
    /// Keeps a copy of a file under its path relative to the work folder; an earlier attempt's is
    /// replaced.
    void keep(AttemptId attempt, Path relative, Path file) throws IOException;

    /// Copies into the folder, under their kept paths, all kept files of the run that are meant by
    /// `wanted`: a path, a glob over paths, or a bare file name. Gives the paths; empty when there
    /// is no such artifact. Where two tasks kept the same path, the later wins.
    List<String> copyInto(RunId run, String wanted, Path folder) throws IOException;
}
