package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A file that holds nothing but room on the disk, for the day on which there is none: a database
/// cannot forget anything without writing, nor even be looked at.
final class Reserve {
    private static final System.Logger LOG = System.getLogger(Reserve.class.getName());
    private static final long BYTES_MAX = 4L << 20;

    /// Less helps nobody.
    private static final long BYTES_MIN = 128L << 10;

    /// One part in so many of what is free may be kept back.
    private static final int SHARE = 8;

    private final Path file;

    private Reserve(Path file) {
        this.file = file;
    }

    /// Of all databases in a folder.
    static Reserve beside(Path database) {
        return new Reserve(database.resolveSibling("reserve"));
    }

    /// Makes it, when it is not there and there is room to spare.
    void keep() {
        try {
            long size =
                    Math.min(
                            BYTES_MAX,
                            Files.getFileStore(file.getParent()).getUsableSpace() / SHARE);
            if (size >= BYTES_MIN && Files.notExists(file)) {
                fill((int) size);
            }
        } catch (IOException e) {
            // Nobody is worse off than without it.
            LOG.log(System.Logger.Level.DEBUG, file + " cannot be kept", e);
        }
    }

    private void fill(int size) throws IOException {
        try {
            Files.write(file, new byte[size]);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /// Does something for which there may be no room: then once more with the room given away.
    <T extends @Nullable Object> T withRoom(Supplier<T> act) {
        try {
            return act.get();
        } catch (StoreFailure e) {
            if (e.reason() != StoreFailure.Reason.FULL || !spend()) {
                throw e;
            }
            return act.get();
        }
    }

    /// False when there was none.
    private boolean spend() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, file + " cannot be given away", e);
            return false;
        }
    }
}
