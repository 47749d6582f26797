package dev.sloth.agent.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// What a command that was started by the shim leaves on disk, in a folder of its own: that it
/// started, what it wrote, and how it ended. A part of the record counts only with its newline.
public final class CommandRecord {
    private static final String SEALED = "sealed\n";

    private final Path folder;

    public CommandRecord(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /// What became of a recorded command.
    public sealed interface Fate {
        /// It did not begin, and never will.
        record NeverBegan() implements Fate {}

        /// Its shim lives; so the command itself does, or its outputs are still open.
        record Running(ProcessIdentity shim) implements Fate {}

        record Exited(int code) implements Fate {}

        /// Nobody can tell.
        record Lost(String why) implements Fate {}
    }

    /// Looks what became of the command. One that had not begun is kept from ever beginning: a shim
    /// on its way cannot start it any more.
    ///
    /// @param boot where it was to be started, see [ProcessIdentity#bootHere]
    public Fate fate(String boot) throws IOException {
        var code = exitCode();
        if (code.isPresent()) {
            return new Fate.Exited(code.get());
        }
        if (!boot.equals(ProcessIdentity.bootHere())) {
            return new Fate.Lost("the machine was started anew, or it ran elsewhere");
        }
        if (sealed()) {
            return new Fate.NeverBegan();
        }
        var shim = started();
        if (shim.isEmpty()) {
            return new Fate.Lost("the record of its start is damaged");
        }
        if (shim.get().presence() == ProcessIdentity.Presence.ALIVE) {
            return new Fate.Running(shim.get());
        }
        // It may have ended between the two looks.
        return exitCode()
                .<Fate>map(Fate.Exited::new)
                .orElseGet(() -> new Fate.Lost("it is gone without a record of its end"));
    }

    private boolean sealed() throws IOException {
        Files.createDirectories(folder);
        try {
            Files.writeString(start(), SEALED, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException _) {
            return Files.readString(start()).equals(SEALED);
        }
    }

    /// The shim, once it is about to start the command.
    Optional<ProcessIdentity> started() throws IOException {
        var words = whole(start()).map(line -> line.split(" ", -1)).filter(all -> all.length == 3);
        try {
            return words.map(all ->
                    new ProcessIdentity(all[0], Long.parseLong(all[1]), Long.parseLong(all[2])));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    Optional<Integer> exitCode() throws IOException {
        try {
            return whole(folder.resolve("exit")).map(Integer::valueOf);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> whole(Path file) throws IOException {
        try {
            var text = Files.readString(file);
            return text.endsWith("\n") ? Optional.of(text.stripTrailing()) : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Makes room for what the shim writes; nobody but us may look.
    void create() throws IOException {
        Files.createDirectories(folder.getParent());
        var ours = PosixFilePermissions.fromString("rwx------");
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(ours));
        Files.createFile(stdout());
        Files.createFile(stderr());
    }

    /// Removes what is there of a command that did not begin because nothing could be written.
    ///
    /// @throws IOException when it cannot be removed, or the record was sealed
    void forget() throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        if (Files.exists(start()) && Files.readString(start()).equals(SEALED)) {
            throw new IOException("the command in " + folder + " is kept from beginning");
        }
        for (var file : List.of(start(), stdin(), stdout(), stderr())) {
            var _ = Files.deleteIfExists(file);
        }
        Files.delete(folder);
    }

    /// Whether there is output to be read.
    boolean hasOutput() {
        return Files.exists(stdout()) && Files.exists(stderr());
    }

    Path folder() {
        return folder;
    }

    private Path start() {
        return folder.resolve("start");
    }

    Path stdin() {
        return folder.resolve("in");
    }

    Path stdout() {
        return folder.resolve("out");
    }

    Path stderr() {
        return folder.resolve("err");
    }
}
