package dev.sloth.core.store;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Files kept from attempts, by content: equal files are kept once.
public interface ArtifactStore {
    /// Keeps a copy of a file; an earlier one of the same task and path is replaced.
    ///
    /// @param path relative, as later tasks ask for it
    /// @throws IOException when the file cannot be read
    void keep(Claim claim, AttemptId id, String path, Path file, Instant at) throws IOException;

    /// In the order in which they were kept.
    List<Artifact> of(RunId run);

    /// Writes a copy; what is there is replaced whole.
    ///
    /// @throws StoreFailure `DAMAGED` when the content is not what its name says; then nothing is
    ///   written
    /// @throws IOException when the target cannot be written
    void copy(Artifact artifact, Path target) throws IOException;

    /// What it holds, for one who compares it with its name once it is read.
    ///
    /// @throws StoreFailure `DAMAGED` when it is gone
    /// @throws IOException when it cannot be read
    InputStream open(Artifact artifact) throws IOException;

    /// Gives a run the artifacts of another's tasks, without copying their content.
    void adopt(Claim claim, List<Artifact> artifacts);

    /// Removes content that no run refers to any more.
    ///
    /// @return how many bytes that gave back
    long sweep();

    /// @param id the attempt that made it
    /// @param executable whether its owner may execute it
    record Artifact(
            AttemptId id,
            String path,
            String sha256,
            long size,
            boolean executable,
            Instant keptAt) {}
}
