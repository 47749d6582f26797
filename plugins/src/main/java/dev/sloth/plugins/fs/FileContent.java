package dev.sloth.plugins.fs;

import dev.sloth.api.value.Allowance;
import dev.sloth.plugins.value.Failures;
import dev.sloth.plugins.value.Intake;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Whole files, read within a bound and written so that nobody sees half of one. Public for the
/// modules that write files as well.
public final class FileContent {
    /// A file may have so many bytes to be read whole.
    public static final int READ_MAX = 256 << 20;

    private FileContent() {}

    /// All of a file, at the cost of the script that asked for it.
    public static byte[] read(Path path, Allowance allowance)
            throws IOException, InterruptedException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        return Files.isRegularFile(path) || !Files.exists(path)
                ? content(path, allowance)
                : apart(() -> content(path, allowance));
    }

    /// Opening a pipe waits for its other end and hears no interrupt: a thread of its own does it.
    private static byte[] apart(Callable<byte[]> work) throws IOException, InterruptedException {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("special-file").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            Failures.rethrow(e.getCause());
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private static byte[] content(Path path, Allowance allowance) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return Intake.all(in, Files.size(path), READ_MAX, allowance)
                    .orElseThrow(() ->
                            new FileSystemException(
                                    path.toString(), null, "has more than " + READ_MAX + " bytes"));
        }
    }

    /// Writes beside the target and moves it there; `random` makes the name of the file beside. A
    /// link is followed, and the permissions of a file that is replaced are kept.
    public static void write(Path path, byte[] bytes, long random)
            throws IOException, InterruptedException {
        var target = Files.isSymbolicLink(path) ? path.toRealPath() : path;
        if (Files.isDirectory(target)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            apart(() -> {
                Files.write(target, bytes);
                return bytes;
            });
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
