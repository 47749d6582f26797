package dev.sloth.plugins.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/// Whole files, read within a bound and written so that nobody sees half of one. Public for the
/// modules that write files as well.
public final class FileContent {
    /// A file may have so many bytes to be read whole.
    public static final long READ_MAX = 256L << 20;

    private FileContent() {}

    public static byte[] read(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            var bytes = in.readNBytes((int) READ_MAX + 1);
            if (bytes.length > READ_MAX) {
                throw new FileSystemException(
                        path.toString(), null, "has more than " + READ_MAX + " bytes");
            }
            return bytes;
        }
    }

    /// Writes beside the target and moves it there; `random` makes the name of the file beside. A
    /// link is followed, and the permissions of a file that is replaced are kept.
    public static void write(Path path, byte[] bytes, long random) throws IOException {
        var target = Files.isSymbolicLink(path) ? path.toRealPath() : path;
        if (Files.isDirectory(target)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            Files.write(target, bytes);
            return;
        }
        var name = target.getFileName() + "." + HexFormat.of().toHexDigits(random) + ".tmp";
        var beside = target.resolveSibling(name);
        try {
            Files.write(beside, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (Files.exists(target)
                    && Files.getFileStore(target).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(target));
            }
            Files.move(
                    beside,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    static void append(Path path, byte[] bytes) throws IOException {
        Files.write(
                path,
                bytes,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }
}
