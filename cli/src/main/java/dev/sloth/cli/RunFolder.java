package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/// Where a run keeps its files: `runs/ID` in the home folder. What is empty at the end goes.
record RunFolder(Path path) implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int CHANCE_BITS = 32;

    /// An id that sorts by time and is not used again.
    static RunId id(Instant now, RandomGenerator random) {
        var chance = random.nextLong(1L << CHANCE_BITS);
        return new RunId("%s-%08x".formatted(STAMP.format(now), chance));
    }

    static RunFolder open(Path home, RunId id) {
        var path = home.resolve("runs").resolve(id.text());
        try {
            return new RunFolder(Files.createDirectories(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the run cannot be made: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            removeEmpty(path.resolve("work"));
            removeEmpty(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the run cannot be tidied", e);
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
