package dev.sloth.store.sqlite;

import dev.sloth.store.files.FolderFailures;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that only its user may read and write; SQLite gives the files beside it the same rights.
final class PrivateFile {
    private static final Set<PosixFilePermission> RIGHTS =
            PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    /// Makes it, empty, unless it is there.
    static void make(Path file) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(RIGHTS));
        } catch (FileAlreadyExistsException _) {
            // by another process, or long ago
        } catch (IOException e) {
            throw FolderFailures.of(file, e);
        }
    }

    /// Takes its rights back to that, if it is there.
    static void narrow(Path file) {
        try {
            if (!Files.getPosixFilePermissions(file).equals(RIGHTS)) {
                Files.setPosixFilePermissions(file, RIGHTS);
            }
        } catch (NoSuchFileException _) {
            // it is private when it is made
        } catch (IOException e) {
            throw FolderFailures.of(file, e);
        }
    }
}
