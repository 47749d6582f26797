package dev.sloth.agent.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// Looks at files.
final class FileSights {
    /// How many files one watcher may see.
    static final int FILES_MAX = 10_000;

    private final Path target;
    private final boolean recursive;
    private final boolean hashes;
    private final Map<String, Sight.Stamp> seen = new TreeMap<>();
    private final Set<Path> folders = new TreeSet<>();

    private FileSights(Path target, boolean recursive, boolean hashes) {
        this.target = target;
        this.recursive = recursive;
        this.hashes = hashes;
    }

    /// What was seen.
    ///
    /// @param folders in which something may happen
    record Seen(Sight.Files files, Set<Path> folders) {}

    /// @throws IOException when it cannot be looked at, or there are too many files
    static Seen of(Path target, boolean recursive, boolean hashes) throws IOException {
        var sights = new FileSights(target, recursive, hashes);
        sights.look();
        return new Seen(new Sight.Files(sights.seen), Set.copyOf(sights.folders));
    }

    private void look() throws IOException {
        if (!Files.isDirectory(target)) {
            add(target);
            var folder = target.getParent();
            if (folder != null && Files.isDirectory(folder)) {
                folders.add(folder);
            }
            return;
        }
        Files.walkFileTree(
                target,
                EnumSet.noneOf(FileVisitOption.class),
                recursive ? Integer.MAX_VALUE : 1,
                new Visitor());
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            folders.add(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (!attributes.isDirectory()) {
                add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (why instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw why;
        }
    }

    private void add(Path file) throws IOException {
        var stamp = stamp(file);
        if (stamp.isPresent() && seen.size() == FILES_MAX) {
            throw new IOException(
                    "there are more than %d files in %s: watch a part of them"
                            .formatted(FILES_MAX, target));
        }
        stamp.ifPresent(there -> seen.put(file.toString(), there));
    }

    private Optional<Sight.Stamp> stamp(Path file) throws IOException {
        try {
            var attributes = attributes(file);
            return Optional.of(
                    new Sight.Stamp(
                            attributes.size(),
                            attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                            String.valueOf(attributes.fileKey()),
                            hashes && attributes.isRegularFile() ? hash(file) : ""));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// Of what a link leads to; of the link itself when that is nowhere.
    private static BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (FileSystemException e) {
            if (!Files.isSymbolicLink(file)) {
                throw e;
            }
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static String hash(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), sha256())) {
            long _ = in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
