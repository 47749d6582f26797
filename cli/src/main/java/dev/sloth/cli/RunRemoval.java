package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// Runs that have ended and what they leave in the store and in the home folder: how much that is,
/// and how it goes.
final class RunRemoval {
    private final Store store;
    private final Path home;

    RunRemoval(Store store, Path home) {
        this.store = store;
        this.home = home;
    }

    /// What a run takes, with artifacts counted in full also when other runs share them.
    long bytes(RunId run) {
        long artifacts =
                store.artifacts().of(run).stream().mapToLong(artifact -> artifact.size()).sum();
        return inTables(run) + artifacts + walk(run, new Measuring());
    }

    /// Removes a run. Its folder goes first: should that fail, the run is still there to be removed
    /// again. What artifacts alone have held stays until [#sweep].
    ///
    /// @return how many bytes of its journal, its output and its files that gave back; none when
    ///   the run has not ended
    long remove(RunId run) {
        boolean ended = store.runs().find(run).map(row -> row.progress().ended()).orElse(false);
        if (!ended) {
            return 0;
        }
        long bytes = inTables(run) + walk(run, new Removing());
        return store.runs().delete(run) ? bytes : 0;
    }

    private long inTables(RunId run) {
        return store.runs().bytes(run) + store.logs().bytes(run);
    }

    /// Removes the content of artifacts that no run refers to.
    ///
    /// @return how many bytes that gave back
    long sweep() {
        return store.artifacts().sweep();
    }

    private long walk(RunId run, Walk walk) {
        try {
            Files.walkFileTree(home.resolve("runs").resolve(run.text()), walk);
            return walk.bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of run " + run + " cannot be removed", e);
        }
    }

    private static class Walk extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }

        /// Somebody else removes it too, or it was never made.
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private static final class Measuring extends Walk {}

    private static final class Removing extends Walk {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            var result = super.visitFile(file, attributes);
            Files.deleteIfExists(file);
            return result;
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path folder, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
