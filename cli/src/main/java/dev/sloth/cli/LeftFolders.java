package dev.sloth.cli;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.CommandRecord;
import dev.sloth.agent.process.ProcessIdentity;
import dev.sloth.agent.process.ProcessMark;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.RunStore;
import dev.sloth.store.files.FolderFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// What runs that are not kept have left below `runs` in the home folder because their runner was
/// killed: work folders, records, and processes that go on.
final class LeftFolders {
    /// After how long the folder of a runner of another boot or container, of which nobody here can
    /// tell whether it lives, counts as left.
    private static final Duration UNKNOWN_AGE_MAX = Duration.ofDays(30);

    private static final String ATTEMPTS = "attempts";
    private static final String WORK = "work";
    private static final String ARTIFACTS = "artifacts";
    private static final String COMMANDS = "command-*";

    private final Path home;
    private final RunStore runs;
    private final InstantSource time;

    LeftFolders(Path home, RunStore runs, InstantSource time) {
        this.home = home;
        this.runs = runs;
        this.time = time;
    }

    /// @param bytes of what can go; its artifacts stay
    record Left(Path folder, long bytes) {
        String run() {
            return folder.getFileName().toString();
        }
    }

    /// Those that are there, in the order of their runs.
    List<Left> find() {
        var left = new ArrayList<Left>();
        for (var folder : entries(home.resolve("runs"), "*")) {
            try {
                if (isLeft(new OwnedFolder(folder)) && unknown(folder)) {
                    left.add(new Left(folder, bytes(folder)));
                }
            } catch (IOException e) {
                throw FolderFailures.of(folder, e);
            }
        }
        return left;
    }

    private boolean unknown(Path folder) {
        return runs.find(new RunId(folder.getFileName().toString())).isEmpty();
    }

    private boolean isLeft(OwnedFolder folder) throws IOException {
        var begun = folder.begun();
        if (begun.isEmpty()) {
            return false;
        }
        var runner = folder.runner();
        var presence =
                runner.isPresent() ? runner.get().presence() : ProcessIdentity.Presence.UNKNOWN;
        return switch (presence) {
            case ALIVE -> false;
            case GONE -> true;
            case UNKNOWN -> begun.get().toInstant().plus(UNKNOWN_AGE_MAX).isBefore(time.instant());
        };
    }

    private static long bytes(Path folder) {
        return new FolderTree(folder).bytes() - new FolderTree(folder.resolve(ARTIFACTS)).bytes();
    }

    /// Ends what lives of the run and removes what it left but its artifacts.
    ///
    /// @return how many bytes that gave back
    long remove(Left left, ChildProcesses processes) {
        var folder = left.folder();
        try {
            for (var attempt : attempts(folder)) {
                end(folder.resolve(ATTEMPTS).resolve(attempt), processes);
            }
        } catch (IOException e) {
            throw FolderFailures.of(folder, e);
        }
        long bytes =
                new FolderTree(folder.resolve(WORK)).remove()
                        + new FolderTree(folder.resolve(ATTEMPTS)).remove();
        // The note goes last: should anything fail, the folder is found again.
        new OwnedFolder(folder).close();
        return bytes;
    }

    /// Each has a record or a folder to work in, both of the same name.
    private static Collection<String> attempts(Path folder) {
        var names = new TreeSet<String>();
        for (var name : List.of(ATTEMPTS, WORK)) {
            entries(folder.resolve(name), "*")
                    .forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }

    /// A command that has not begun is kept from it, and then all that runs is ended.
    private static void end(Path attempt, ChildProcesses processes) throws IOException {
        for (var command : entries(attempt, COMMANDS)) {
            new CommandRecord(command).fate(ProcessIdentity.bootHere());
        }
        processes.endAll(ProcessMark.of(attempt));
    }

    private static List<Path> entries(Path folder, String names) {
        var found = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, names)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw FolderFailures.of(folder, e);
        }
        found.sort(null);
        return found;
    }
}
