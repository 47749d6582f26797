package dev.sloth.cli;

import dev.sloth.agent.process.ProcessIdentity;
import dev.sloth.api.workflow.RunId;
import dev.sloth.store.files.FolderFailures;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/// The folder of a run of which no store knows: a note in it says which process drives the run, and
/// goes with the run's end. Where it is found beside no such process, that one was killed.
record OwnedFolder(Path path) implements AutoCloseable {
    private static final String NOTE = "runner";

    /// Notes that this process drives the run.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when the home folder cannot be written
    static OwnedFolder open(Path home, RunId run) {
        var folder = new OwnedFolder(home.resolve("runs").resolve(run.text()));
        try {
            var here = ProcessIdentity.here();
            Files.createDirectories(folder.path);
            Files.writeString(
                    folder.note(), here.boot() + " " + here.pid() + " " + here.started() + "\n");
        } catch (IOException e) {
            throw FolderFailures.of(folder.path, e);
        }
        return folder;
    }

    private Path note() {
        return path.resolve(NOTE);
    }

    /// Who drives the run, or did; nothing when that is not known.
    Optional<ProcessIdentity> runner() throws IOException {
        try {
            var text = Files.readString(note());
            var words = text.strip().split(" ", -1);
            // Without its line end it was not written to its end.
            return words.length == 3 && text.endsWith("\n")
                    ? Optional.of(
                            new ProcessIdentity(
                                    words[0], Long.parseLong(words[1]), Long.parseLong(words[2])))
                    : Optional.empty();
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// When the run began; nothing when it has ended, or keeps no such note.
    Optional<FileTime> begun() throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(note()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(note());
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // Artifacts and the folders of failed tasks stay for the user to look at.
            return;
        } catch (IOException e) {
            throw FolderFailures.of(path, e);
        }
    }
}
