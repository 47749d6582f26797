package dev.sloth.agent.vigil;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Small files that are there whole or not at all.
final class Kept {
    private static final String FRESH = ".fresh";

    private Kept() {}

    /// A folder for nobody else to read, without what a process left that was killed.
    static Path folder(Path folder) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (var left = Files.newDirectoryStream(folder, FRESH + "*")) {
            for (var file : left) {
                Files.deleteIfExists(file);
            }
        }
        return folder;
    }

    /// When this returns it is on the disk.
    static Path write(Path folder, String name, byte[] bytes) throws IOException {
        var file = folder.resolve(name);
        var fresh = Files.createTempFile(folder, FRESH, "");
        try {
            Files.write(fresh, bytes);
            sync(fresh, StandardOpenOption.WRITE);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            sync(folder, StandardOpenOption.READ);
            return file;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (var open = FileChannel.open(path, how)) {
            open.force(true);
        }
    }
}
