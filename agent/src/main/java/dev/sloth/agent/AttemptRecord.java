package dev.sloth.agent;

import dev.sloth.agent.process.CommandRecord;
import dev.sloth.agent.process.ProcessMark;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.TaskHook;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What an attempt leaves on disk while it is under way, for the process that may have to go on
/// with it: notes of the steps that must not happen twice, and the record of its command.
///
/// Its folder comes with the first note, so that an attempt without hooks and without a command of
/// the system leaves nothing.
final class AttemptRecord {
    private static final String STOPPED = "stopped";
    private static final String KEPT = "artifacts-kept";
    private static final String POST_FAILED = "post-failed";
    private static final String OWN_FOLDER = "own-folder";
    private static final String COMMAND = "command-";

    private final Path all;
    private final Path folder;

    /// `all` holds the records of all attempts of a run.
    private AttemptRecord(Path all, String name) {
        this.all = all;
        this.folder = all.resolve(name);
    }

    static AttemptRecord of(RunScript run, AttemptId id) {
        var name = FileNames.of(id.task().text()) + "-" + id.number();
        var all = run.folder().toAbsolutePath().resolve("attempts").normalize();
        return new AttemptRecord(all, name);
    }

    ProcessMark mark() {
        return ProcessMark.of(folder);
    }

    /// The latest record of its command, written or not.
    CommandRecord command() {
        return new CommandRecord(folder.resolve(COMMAND + Math.max(1, commands())));
    }

    /// A record for another start of its command, after all earlier ones came to nothing.
    CommandRecord nextCommand() {
        return new CommandRecord(folder.resolve(COMMAND + (commands() + 1)));
    }

    private int commands() {
        int last = 0;
        while (Files.exists(folder.resolve(COMMAND + (last + 1)))) {
            last++;
        }
        return last;
    }

    /// From now on the hook counts as called, whatever comes of it.
    void begin(TaskHook hook) throws IOException {
        note(name(hook), "");
    }

    Set<TaskHook> hooksBegun() {
        var begun = EnumSet.noneOf(TaskHook.class);
        for (var hook : TaskHook.values()) {
            if (Files.exists(folder.resolve(name(hook)))) {
                begun.add(hook);
            }
        }
        return begun;
    }

    private static String name(TaskHook hook) {
        return "hook-" + hook.name().toLowerCase(Locale.ROOT);
    }

    void stopped(Outcome.Status how) throws IOException {
        note(STOPPED, how.name());
    }

    /// How it was stopped, when it was.
    Optional<Outcome.Status> stopped() throws IOException {
        try {
            return text(STOPPED).map(Outcome.Status::valueOf);
        } catch (IllegalArgumentException e) {
            throw new IOException("the record in " + folder + " is damaged", e);
        }
    }

    void artifactsKept() throws IOException {
        note(KEPT, "");
    }

    boolean keptArtifacts() {
        return Files.exists(folder.resolve(KEPT));
    }

    void postFailed(String message) throws IOException {
        note(POST_FAILED, message);
    }

    /// What the post hook said against it.
    Optional<String> postFailed() throws IOException {
        return text(POST_FAILED);
    }

    /// The work folder was not there before this attempt.
    void ownFolder() throws IOException {
        note(OWN_FOLDER, "");
    }

    boolean ownsFolder() {
        return Files.exists(folder.resolve(OWN_FOLDER));
    }

    /// On disk before what it speaks of begins, even should the power fail.
    private void note(String name, String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(name),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.DSYNC);
        for (var changed : List.of(folder, all, all.resolve(".."))) {
            try (var entries = FileChannel.open(changed, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    private Optional<String> text(String name) throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(name)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    void remove() throws IOException {
        FolderTree.remove(folder);
    }
}
