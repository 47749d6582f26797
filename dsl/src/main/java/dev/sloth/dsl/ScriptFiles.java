package dev.sloth.dsl;

import dev.sloth.api.workflow.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the texts of a project are read: scripts, what they import, what they require. Asked by
/// many threads at once; whether a script may have a file is not its business.
public interface ScriptFiles {
    /// Texts as they are on disk now.
    ScriptFiles DISK = new DiskFiles();

    /// The real path, links followed, of the first of these absolute paths at which there is a
    /// file; empty when there is none.
    ///
    /// @throws IOException when that cannot be told
    Optional<Path> find(List<Path> candidates) throws IOException;

    /// The real path of a folder, links followed as far as there is something.
    ///
    /// @throws IOException when that cannot be told
    Path folder(Path folder) throws IOException;

    /// The text of a file by its real path; `shown` is what messages call it.
    ///
    /// @throws Problems when there is no such file, or it is no text
    byte[] text(Path file, String shown);
}
