package dev.sloth.cli;

import dev.sloth.store.files.FolderFailures;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// A folder with all that is in it, which need not be there. Links count as themselves.
record FolderTree(Path root) {
    /// How many bytes its files have.
    ///
    /// @throws dev.sloth.core.store.StoreFailure when it cannot be read
    long bytes() {
        return walk(new Measuring());
    }

    /// Removes it.
    ///
    /// @return how many bytes that gave back
    /// @throws dev.sloth.core.store.StoreFailure when it cannot be removed
    long remove() {
        return walk(new Removing());
    }

    private long walk(Walk walk) {
        try {
            Files.walkFileTree(root, walk);
            return walk.bytes;
        } catch (IOException e) {
            throw FolderFailures.of(root, e);
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
