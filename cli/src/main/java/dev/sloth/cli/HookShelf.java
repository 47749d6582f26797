package dev.sloth.cli;

import dev.sloth.core.store.Content;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.dsl.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of hooks that runs have added, in the folder of a master: for each hook a folder with
/// all of its code, under a name that follows from what is in it. It is for nobody else to write,
/// and never changed.
final class HookShelf {
    private static final String FOLDER = "hook-files";
    private static final String MINE = "rwx------";
    private static final int SPACE_DIGITS = 16;

    private final Path shelf;
    private final String prefix;

    /// @param home the folder of the master
    /// @param space the namespace of the hooks
    HookShelf(Path home, String space) {
        this.shelf = shelf(home);
        var name = Content.sha256(space.getBytes(StandardCharsets.UTF_8));
        this.prefix = name.substring(0, SPACE_DIGITS) + "-";
    }

    private static Path shelf(Path home) {
        return home.toAbsolutePath().normalize().resolve(FOLDER);
    }

    /// A home may be known by several paths.
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path.toAbsolutePath().normalize();
        }
    }

    /// Whether it is the file of a hook that a run has added.
    boolean holds(String file) {
        return real(Path.of(file)).startsWith(real(shelf));
    }

    /// Reads the script of a hook. One that a run has added has its folder on the shelf for a
    /// project, all others are read as any script.
    ///
    /// @throws dev.sloth.api.workflow.Problems when there is no such file, or it is no script
    static Source read(Path home, String file) {
        var path = Path.of(file);
        var source = Source.read(path);
        var shelf = real(shelf(home));
        var real = real(path);
        if (!real.startsWith(shelf)) {
            return source;
        }
        var folder = shelf.resolve(shelf.relativize(real).getName(0));
        return new Source(real, folder, source.text());
    }

    /// Lays down the code of a hook, unless it is there.
    ///
    /// @param code by paths within the project
    /// @param hook which of them is that of the hook
    /// @return where that is now
    Path lay(Map<Path, byte[]> code, Path hook) {
        var folder = shelf.resolve(prefix + name(code));
        try {
            if (Files.notExists(folder)) {
                Files.createDirectories(shelf, permissions());
                fill(folder, code);
            }
            return folder.resolve(hook);
        } catch (IOException e) {
            throw new StoreFailure(StoreFailure.Reason.BROKEN, "the code of a hook is not kept", e);
        }
    }

    private static FileAttribute<?> permissions() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MINE));
    }

    /// Whole or not at all.
    private void fill(Path folder, Map<Path, byte[]> code) throws IOException {
        var fresh = Files.createTempDirectory(shelf, "fresh", permissions());
        try {
            for (var file : code.entrySet()) {
                var path = fresh.resolve(file.getKey()).normalize();
                if (!path.startsWith(fresh)) {
                    throw new IOException("the file " + file.getKey() + " is not of the project");
                }
                Files.createDirectories(path.getParent());
                // The hook that names it is on the disk when this was said.
                Files.write(
                        path,
                        file.getValue(),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SYNC);
            }
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            var _ = new FolderTree(fresh).remove();
        }
    }

    private static String name(Map<Path, byte[]> code) {
        var all = new ArrayList<String>();
        new TreeMap<>(code)
                .forEach((path, text) -> all.add(path + "\0" + Content.sha256(text) + "\0"));
        return Content.sha256(String.join("", all).getBytes(StandardCharsets.UTF_8));
    }

    /// By the name alone: a home may be known by several paths.
    private static boolean isIn(Path file, String folder) {
        for (var part : file) {
            if (part.toString().equals(folder)) {
                return true;
            }
        }
        return false;
    }

    /// Removes what belongs to no hook. For the start of a master, before any hook is called.
    ///
    /// @param used the files of all hooks of the namespace
    void sweep(Collection<String> used) {
        if (Files.notExists(shelf)) {
            return;
        }
        try (var folders = Files.list(shelf)) {
            for (var folder : List.copyOf(folders.toList())) {
                var name = String.valueOf(folder.getFileName());
                boolean ours = name.startsWith(prefix) || name.startsWith("fresh");
                if (ours && used.stream().noneMatch(file -> isIn(Path.of(file), name))) {
                    var _ = new FolderTree(folder).remove();
                }
            }
        } catch (IOException e) {
            throw new StoreFailure(
                    StoreFailure.Reason.BROKEN, "the code of old hooks is not removed", e);
        }
    }
}
