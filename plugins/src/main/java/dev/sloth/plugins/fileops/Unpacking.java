package dev.sloth.plugins.fileops;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Takes the entries of an archive that nobody vouches for into a folder, or only looks at them.
///
/// An entry goes below the folder or the archive is refused: names that lead out of it, links that
/// do, files behind a link, devices, and more than the limits allow.
final class Unpacking implements Archive.Visitor {
    private static final int BUFFER = 1 << 16;

    /// Bits that would lend the rights of the one who unpacks are dropped.
    private static final int MODE_MASK = 0777;

    private final Path folder;
    private final Limits limits;
    private final RandomGenerator random;
    private final boolean writing;

    /// The links and the files that the archive held so far.
    private final Set<Path> links = new HashSet<>();

    private final Map<Path, Long> files = new HashMap<>();
    private long bytes;
    private int entries;
    private int changed;

    /// What an archive may hold.
    ///
    /// @param strip how many leading parts of each name are dropped
    record Limits(long bytes, int entries, int strip) {
        /// Bytes of all files together, unpacked.
        static final long BYTES_MAX = 4L << 30;

        /// Files, folders and links.
        static final int ENTRIES_MAX = 100_000;

        /// Letters of one name.
        static final int NAME_MAX = 4_096;
    }

    /// @param folder that is there, without links in its path, when something is to be written
    Unpacking(Path folder, Limits limits, RandomGenerator random, boolean writing) {
        this.folder = folder;
        this.limits = limits;
        this.random = random;
        this.writing = writing;
    }

    int changed() {
        return changed;
    }

    int entries() {
        return entries;
    }

    @Override
    public void take(Entry entry) throws IOException {
        if (++entries > limits.entries()) {
            throw new IOException(
                    "the archive holds more than %d entries: give max_entries if it may"
                            .formatted(limits.entries()));
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("unpacking was stopped");
        }
        var place = place(entry);
        if (place.isEmpty()) {
            return;
        }
        switch (entry.kind()) {
            case FILE -> file(entry, place.get());
            case FOLDER -> folder(place.get());
            case LINK -> link(entry, place.get());
            case HARD_LINK -> hardLink(entry, place.get());
            case OTHER -> throw refused(entry.name(), "is neither file, folder nor link");
        }
    }

    private static FileSystemException refused(String name, String why) {
        return new FileSystemException("the archive is refused: " + name, null, why);
    }

    // ---- where it goes

    /// Empty when nothing is left of the name.
    private Optional<Path> place(Entry entry) throws IOException {
        var relative = inside(entry.name(), entry.name());
        int parts = relative.toString().isEmpty() ? 0 : relative.getNameCount();
        if (parts <= limits.strip()) {
            return Optional.empty();
        }
        var place = folder.resolve(relative.subpath(limits.strip(), parts));
        for (var above = place.getParent();
                above != null && !above.equals(folder);
                above = above.getParent()) {
            if (links.contains(above) || Files.isSymbolicLink(above)) {
                throw refused(entry.name(), "would go through the link " + above);
            }
        }
        return Optional.of(place);
    }

    /// A name as a path that stays inside.
    private Path inside(String text, String name) throws IOException {
        if (text.length() > Limits.NAME_MAX) {
            throw refused(name.substring(0, 60) + "...", "has too long a name");
        }
        Path path;
        try {
            path = folder.getFileSystem().getPath(text);
        } catch (InvalidPathException e) {
            throw new IOException("the archive is refused: a name is no path", e);
        }
        var plain = path.normalize();
        if (path.isAbsolute() || plain.startsWith("..")) {
            throw refused(name, "leads out of the folder");
        }
        return plain;
    }

    // ---- what it is

    private void folder(Path place) throws IOException {
        if (writing && !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(place);
            changed++;
        }
    }

    private void file(Entry entry, Path place) throws IOException {
        if (!writing) {
            files.put(place, drain(entry, null));
            return;
        }
        Files.createDirectories(above(place));
        var beside = beside(place);
        try {
            try (var out = Files.newOutputStream(beside)) {
                files.put(place, drain(entry, out));
            }
            if (entry.mode() != 0) {
                Attributes.mode(beside, entry.mode() & MODE_MASK);
            }
            settle(entry, beside, place);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static Path above(Path place) {
        var parent = place.getParent();
        return parent == null ? place : parent;
    }

    private Path beside(Path place) {
        var digits = HexFormat.of().toHexDigits(random.nextLong());
        return place.resolveSibling("." + digits + ".tmp");
    }

    private void settle(Entry entry, Path beside, Path place) throws IOException {
        boolean same =
                Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                        && Files.mismatch(beside, place) < 0;
        if (same && (entry.mode() == 0 || Attributes.mode(place) == Attributes.mode(beside))) {
            return;
        }
        Files.setLastModifiedTime(beside, FileTime.from(entry.modified()));
        move(beside, place);
    }

    private void move(Path beside, Path place) throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(
                    place.toString(), null, "is a folder where the archive has a file");
        }
        Files.move(
                beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        changed++;
    }

    /// How many bytes it was.
    private long drain(Entry entry, @Nullable OutputStream out) throws IOException {
        var buffer = new byte[BUFFER];
        long size = 0;
        for (int n = entry.content().read(buffer); n >= 0; n = entry.content().read(buffer)) {
            size += n;
            count(n);
            if (out != null) {
                out.write(buffer, 0, n);
            }
        }
        return size;
    }

    private void count(long more) throws IOException {
        bytes += more;
        if (bytes > limits.bytes()) {
            throw new IOException(
                    "the archive holds more than %d bytes: give max_bytes if it may"
                            .formatted(limits.bytes()));
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("unpacking was stopped");
        }
    }

    private void link(Entry entry, Path place) throws IOException {
        var to = folder.getFileSystem().getPath(entry.link());
        links.add(place);
        var leads = above(place).resolve(to).normalize();
        if (to.isAbsolute() || entry.link().isEmpty() || !leads.startsWith(folder)) {
            throw refused(entry.name(), "links to " + entry.link() + ", out of the folder");
        }
        if (!writing || (Files.isSymbolicLink(place) && Files.readSymbolicLink(place).equals(to))) {
            return;
        }
        Files.createDirectories(above(place));
        var beside = beside(place);
        try {
            Files.createSymbolicLink(beside, to);
            move(beside, place);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// A hard link becomes a file with the same content.
    private void hardLink(Entry entry, Path place) throws IOException {
        var named = inside(entry.link(), entry.name());
        if (named.getNameCount() <= limits.strip() || named.toString().isEmpty()) {
            throw refused(entry.name(), "links to what is not unpacked");
        }
        var to = folder.resolve(named.subpath(limits.strip(), named.getNameCount()));
        var size = files.get(to);
        if (size == null) {
            throw refused(entry.name(), "links to " + entry.link() + ", no file before it");
        }
        if (!writing) {
            files.put(place, size);
            count(size);
            return;
        }
        try (var in = Files.newInputStream(to)) {
            file(
                    new Entry(
                            entry.name(),
                            Entry.Kind.FILE,
                            "",
                            Attributes.mode(to),
                            entry.modified(),
                            in),
                    place);
        }
    }
}
