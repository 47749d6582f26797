package dev.sloth.plugins.fs;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Directories with all that is in them. Links are never followed.
public final class Trees {
    private Trees() {}

    static List<String> names(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        }
    }

    /// Removes a tree, unless it is or contains what must stay.
    public static void remove(Path path, Path project) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isSymbolicLink(path)) {
            Files.delete(path);
            return;
        }
        var real = path.toRealPath();
        var kept = Files.exists(project) ? project.toRealPath() : project.toAbsolutePath();
        if (real.getParent() == null || kept.startsWith(real)) {
            throw new FileSystemException(
                    path.toString(), null, "is or contains the project or the system: not removed");
        }
        Files.walkFileTree(real, new Removing());
    }

    /// Refuses what contains the workdir, where other tasks of the run have theirs as well.
    public static void refuseAbove(Path path, Path workdir) throws IOException {
        var real = Files.exists(path) ? path.toRealPath() : path;
        var kept = Files.exists(workdir) ? workdir.toRealPath() : workdir.toAbsolutePath();
        if (!Files.isSymbolicLink(path) && kept.startsWith(real) && !kept.equals(real)) {
            throw new FileSystemException(
                    path.toString(), null, "contains the workdir: not removed");
        }
    }

    private static final class Removing extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }

    static void copy(Path source, Path target) throws IOException {
        if (!Files.isDirectory(source)) {
            Files.copy(
                    source,
                    target,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            return;
        }
        if (target.startsWith(source)) {
            throw new FileSystemException(target.toString(), null, "is inside of the source");
        }
        Files.walkFileTree(source, new Copying(source, target));
    }

    private static final class Copying extends SimpleFileVisitor<Path> {
        private final Path source;
        private final Path target;

        Copying(Path source, Path target) {
            this.source = source;
            this.target = target;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
            Files.createDirectories(target.resolve(source.relativize(directory)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.copy(
                    file,
                    target.resolve(source.relativize(file)),
                    LinkOption.NOFOLLOW_LINKS,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
        }
    }

    /// Moves at once where the file system can, else by copying and removing.
    static void move(Path source, Path target) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            copy(source, target);
            if (Files.isDirectory(source)) {
                Files.walkFileTree(source, new Removing());
            } else {
                Files.delete(source);
            }
        }
    }
}
