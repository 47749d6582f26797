package dev.sloth.cli.serve;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// What only one of several processes may do: the one that holds a lock on a file, until it is
/// gone. The lock goes with the process. For use by one thread.
public final class OnlyOne {
    private final FileChannel channel;
    private Optional<FileLock> lock = Optional.empty();

    /// @throws IOException when there can be no such file
    public OnlyOne(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// Whether that is us; asks for it when nobody else has it.
    ///
    /// @throws IOException when the system does not say
    public boolean isUs() throws IOException {
        if (lock.isEmpty()) {
            lock = Optional.ofNullable(channel.tryLock());
        }
        return lock.isPresent();
    }
}
