package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import dev.sloth.store.files.FolderFailures;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/// Where a run keeps its files: `runs/ID` in the home folder. What is empty at the end goes.
record RunFolder(Path path) implements AutoCloseable {
    private static final int CHANCE_BITS = 32;

    /// An id that sorts by time and is not used again.
    static RunId id(Instant now, RandomGenerator random) {
        var at = LocalDateTime.ofEpochSecond(now.getEpochSecond(), 0, ZoneOffset.UTC);
        long day = (at.getYear() * 100L + at.getMonthValue()) * 100 + at.getDayOfMonth();
        long second = (at.getHour() * 100L + at.getMinute()) * 100 + at.getSecond();
        var chance = Long.toHexString(random.nextLong(1L << CHANCE_BITS, 2L << CHANCE_BITS));
        // The one in front keeps the leading zeros.
        var clock = Long.toString(1_000_000 + second).substring(1);
        return new RunId(day + "-" + clock + "-" + chance.substring(1));
    }

    /// @throws dev.sloth.core.store.StoreFailure when the home folder cannot be written
    static RunFolder open(Path home, RunId id) {
        var path = home.resolve("runs").resolve(id.text());
        try {
            return new RunFolder(Files.createDirectories(path));
        } catch (IOException e) {
            throw FolderFailures.of(path, e);
        }
    }

    @Override
    public void close() {
        try {
            removeEmpty(path.resolve("work"));
            removeEmpty(path.resolve("attempts"));
            removeEmpty(path);
        } catch (IOException e) {
            throw FolderFailures.of(path, e);
        }
    }

    private static void removeEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Artifacts and the folders of failed tasks stay for the user to look at.
            return;
        }
    }
}
