package dev.sloth.plugins.fileops;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// Copies a folder with all that is in it, file by file, where a file is not there yet. Links are
/// copied as links.
final class FolderCopy extends SimpleFileVisitor<Path> {
    /// How many files one call copies.
    static final int FILES_MAX = 100_000;

    private final Path source;
    private final Path target;
    private final Placing placing;
    private int files;
    private int changed;

    FolderCopy(Path source, Path target, Placing placing) {
        this.source = source;
        this.target = target;
        this.placing = placing;
    }

    /// How many files and links had to be changed.
    static int copy(Path source, Path target, Placing placing) throws IOException {
        if (target.startsWith(source)) {
            throw new FileSystemException(target.toString(), null, "is inside of the source");
        }
        var copy = new FolderCopy(source, target, placing);
        Files.walkFileTree(source, copy);
        return copy.changed;
    }

    private Path place(Path path) {
        return target.resolve(source.relativize(path));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
            throws IOException {
        var place = place(folder);
        if (!Files.isDirectory(place)) {
            Files.createDirectories(place);
            changed++;
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (++files > FILES_MAX) {
            throw new IOException(source + " holds more than " + FILES_MAX + " files");
        }
        if (attributes.isSymbolicLink()) {
            link(file, place(file));
        } else if (attributes.isRegularFile()) {
            file(file, place(file));
        } else {
            throw new FileSystemException(file.toString(), null, "is neither file nor folder");
        }
        return FileVisitResult.CONTINUE;
    }

    private void file(Path file, Path place) throws IOException {
        try {
            changed += placing.place(place, new Content.Of(file)).changed() ? 1 : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("copying was stopped", e);
        }
    }

    private void link(Path file, Path place) throws IOException {
        var to = Files.readSymbolicLink(file);
        if (Files.isSymbolicLink(place) && Files.readSymbolicLink(place).equals(to)) {
            return;
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(place);
        }
        Files.createSymbolicLink(place, to);
        changed++;
    }
}
