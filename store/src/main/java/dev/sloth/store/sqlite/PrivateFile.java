package dev.sloth.store.sqlite;

import dev.sloth.store.files.FolderFailures;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that only its user may read and write; SQLite gives the files beside it the same rights.
final class PrivateFile {
    private static final Set<PosixFilePermission> RIGHTS =
            PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    /// Makes it, empty, or takes its rights back to that.
    static void ensure(Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(RIGHTS));
        } catch (FileAlreadyExistsException _) {
            narrow(file);
        } catch (IOException e) {
            throw FolderFailures.of(file, e);
        }
    }

    private static void narrow(Path file) {
        try {
            if (!Files.getPosixFilePermissions(file).equals(RIGHTS)) {
                Files.setPosixFilePermissions(file, RIGHTS);
            }
        } catch (IOException e) {
            throw FolderFailures.of(file, e);
        }
    }
}
