package dev.sloth.plugins.fileops;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/// Reads a zip archive in the order of its folders. The system that reads it refuses names with
/// `..` by itself; such an archive is refused as a whole.
final class ZipEntries extends SimpleFileVisitor<Path> {
    private static final Map<String, ?> POSIX =
            Map.of("enablePosixFileAttributes", "true", "accessMode", "readOnly");

    private final Archive.Visitor visitor;

    private ZipEntries(Archive.Visitor visitor) {
        this.visitor = visitor;
    }

    static void each(Path path, Archive.Visitor visitor) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(path, POSIX)) {
            for (var root : zip.getRootDirectories()) {
                Files.walkFileTree(root, new ZipEntries(visitor));
            }
        } catch (ProviderNotFoundException e) {
            throw new IOException("the archive is broken: " + e.getMessage(), e);
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
            throws IOException {
        if (folder.getParent() != null) {
            take(folder, Entry.Kind.FOLDER, attributes, InputStream.nullInputStream());
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            take(file, Entry.Kind.LINK, attributes, InputStream.nullInputStream());
            return FileVisitResult.CONTINUE;
        }
        try (var in = Files.newInputStream(file)) {
            take(file, Entry.Kind.FILE, attributes, in);
        }
        return FileVisitResult.CONTINUE;
    }

    private void take(Path path, Entry.Kind kind, BasicFileAttributes found, InputStream in)
            throws IOException {
        var link =
                kind == Entry.Kind.LINK
                        ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                        : "";
        var name = path.toString().substring(1);
        visitor.take(
                new Entry(name, kind, link, mode(path), found.lastModifiedTime().toInstant(), in));
    }

    private static int mode(Path path) throws IOException {
        if (!(Files.getAttribute(path, "zip:permissions") instanceof Set<?> permissions)) {
            return 0;
        }
        int mode = 0;
        for (var permission : PosixFilePermission.values()) {
            mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
        }
        return mode;
    }
}
