package dev.sloth.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Whether there is room on the disk of a folder, and the wait for it. A disk that is full is
/// somebody's to mend, and what was to be done is not given up for that at once.
final class DiskRoom {
    private static final System.Logger LOG = System.getLogger(DiskRoom.class.getName());

    /// What a record needs at the least.
    private static final long LEAST_BYTES = 64 << 10;

    private static final long LOOK_MILLIS = 500;

    private final Path folder;
    private final long until;
    private boolean said;

    /// @param folder an absolute path, which need not be there yet
    /// @param patience how long it is waited for
    DiskRoom(Path folder, Duration patience) {
        this.folder = folder;
        this.until = System.nanoTime() + patience.toNanos();
    }

    /// Waits if there is no room.
    ///
    /// @return whether there was none and there is some now: what failed may be tried again
    boolean comes() throws IOException, InterruptedException {
        if (!isFull()) {
            return false;
        }
        if (!said) {
            said = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the disk of {0} is full: a command waits until there is room",
                    folder);
        }
        while (isFull()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private boolean isFull() throws IOException {
        var there = Stream.iterate(folder, Objects::nonNull, Path::getParent).filter(Files::exists);
        return Files.getFileStore(there.findFirst().orElse(folder)).getUsableSpace() < LEAST_BYTES;
    }
}
