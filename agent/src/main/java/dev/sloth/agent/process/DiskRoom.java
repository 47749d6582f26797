package dev.sloth.agent.process;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Whether there is room on the disk of a folder, and the wait for it. A disk that is full is
/// somebody's to mend, and what was to be done is not given up for that at once.
final class DiskRoom {
    /// What a record needs at the least.
    private static final long LEAST_BYTES = 64 << 10;

    private static final long LOOK_MILLIS = 500;

    private final Path folder;
    private final Duration patience;
    private final long until;
    private final Free free;
    private final Consumer<Problem> news;
    private boolean said;

    /// @param folder an absolute path, which need not be there yet
    /// @param patience how long it is waited for
    /// @param news hears that there is none, once
    DiskRoom(Path folder, Duration patience, Consumer<Problem> news) {
        this(folder, patience, news, DiskRoom::free);
    }

    /// @param free how much there is
    DiskRoom(Path folder, Duration patience, Consumer<Problem> news, Free free) {
        this.folder = folder;
        this.patience = patience;
        this.until = System.nanoTime() + patience.toNanos();
        this.news = news;
        this.free = free;
    }

    /// How many bytes there are on the disk of a folder.
    @FunctionalInterface
    interface Free {
        long bytes(Path folder) throws IOException;
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
            news.accept(full());
        }
        while (isFull()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private Problem full() {
        return new Problem(
                "SLOTH-4745",
                "the disk of %s is full: a command waits for room, %d s at most"
                        .formatted(folder, patience.toSeconds()),
                Span.NOWHERE,
                "make room there, and it goes on by itself");
    }

    private boolean isFull() throws IOException {
        return free.bytes(folder) < LEAST_BYTES;
    }

    private static long free(Path folder) throws IOException {
        var there = Stream.iterate(folder, Objects::nonNull, Path::getParent).filter(Files::exists);
        return Files.getFileStore(there.findFirst().orElse(folder)).getUsableSpace();
    }
}
