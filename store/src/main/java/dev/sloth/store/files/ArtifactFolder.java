package dev.sloth.store.files;

import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The folder: `ab/cdef...` for what has the SHA-256 `abcdef...`, and `unfinished/` for what is
/// being written. Safe for several processes.
public final class ArtifactFolder {
    /// How old an unfinished file must be before a sweep calls it left behind.
    private static final Duration UNFINISHED_AGE_MAX = Duration.ofDays(1);

    /// How many digits of a name make the name of its shelf.
    private static final int SHELF_DIGITS = 2;

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final String UNFINISHED = "unfinished";

    private final Path root;
    private final InstantSource time;

    /// The folder need not exist; it is made with the first file.
    public ArtifactFolder(Path root, InstantSource time) {
        this.root = root;
        this.time = time;
    }

    /// What a file held when it was copied.
    public record Kept(String sha256, long size, boolean executable) {}

    /// Keeps a copy. When this returns it is on disk.
    ///
    /// @throws IOException when the file cannot be read
    /// @throws StoreFailure when the copy cannot be written
    public Kept keep(Path file) throws IOException {
        boolean executable = Files.isExecutable(file);
        try (var in = Files.newInputStream(file)) {
            var unfinished = unfinished();
            try {
                var copied = Copying.copy(in, unfinished);
                if (!whole(copied)) {
                    place(unfinished, copied.sha256());
                }
                return new Kept(copied.sha256(), copied.size(), executable);
            } catch (Copying.NotWritten e) {
                throw FolderFailures.of(unfinished, e.why());
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
    }

    private Path unfinished() {
        var folder = root.resolve(UNFINISHED);
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "", "");
        } catch (IOException e) {
            throw FolderFailures.of(folder, e);
        }
    }

    /// Whether this is kept already. A damaged file under its name is worth nothing: it is
    /// replaced.
    private boolean whole(Copying.Copied copied) {
        var place = place(copied.sha256());
        try {
            return Files.size(place) == copied.size() && Copying.digest(place).equals(copied);
        } catch (NoSuchFileException e) {
            // Also when a sweep takes it away while we look.
            return false;
        } catch (IOException e) {
            throw FolderFailures.of(place, e);
        }
    }

    private void place(Path unfinished, String sha256) {
        var shelf = shelf(sha256);
        var place = place(sha256);
        try {
            force(unfinished, StandardOpenOption.WRITE);
            if (Files.notExists(shelf)) {
                Files.createDirectories(shelf);
                force(root, StandardOpenOption.READ);
            }
            Files.move(
                    unfinished,
                    place,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            force(shelf, StandardOpenOption.READ);
        } catch (IOException e) {
            throw FolderFailures.of(place, e);
        }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    private Path shelf(String sha256) {
        if (!NAME.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
        return root.resolve(sha256.substring(0, SHELF_DIGITS));
    }

    private Path place(String sha256) {
        return shelf(sha256).resolve(sha256.substring(SHELF_DIGITS));
    }

    public boolean has(String sha256) {
        return Files.isRegularFile(place(sha256));
    }

    /// Writes a copy; what is there is replaced whole.
    ///
    /// @throws IOException when the target cannot be written
    /// @throws StoreFailure `DAMAGED` when the content is gone or not what its name says
    public void copy(Artifact artifact, Path target) throws IOException {
        var place = place(artifact.sha256());
        if (Files.notExists(place)) {
            throw missing(artifact);
        }
        var mode = artifact.executable() ? "rwxrwxrwx" : "rw-rw-rw-";
        var beside =
                Files.createTempFile(
                        target.toAbsolutePath().getParent(),
                        ".",
                        ".part",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(mode)));
        try (var in = Files.newInputStream(place)) {
            if (!Copying.copy(in, beside).sha256().equals(artifact.sha256())) {
                throw FolderFailures.damaged(artifact, place + " holds something else");
            }
            Files.move(
                    beside,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (Copying.NotWritten e) {
            throw e.why();
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// What it holds, whatever that is by now.
    ///
    /// @throws StoreFailure `DAMAGED` when it is gone
    public InputStream open(Artifact artifact) throws IOException {
        try {
            return Files.newInputStream(place(artifact.sha256()));
        } catch (NoSuchFileException _) {
            throw missing(artifact);
        }
    }

    /// What to throw for an artifact whose content is gone.
    public StoreFailure missing(Artifact artifact) {
        return FolderFailures.damaged(artifact, place(artifact.sha256()) + " is gone");
    }

    /// The names of all that is kept, in no order.
    public List<String> kept() {
        var names = new ArrayList<String>();
        for (var shelf : entries(root)) {
            for (var file : Files.isDirectory(shelf) ? entries(shelf) : List.<Path>of()) {
                var name = shelf.getFileName().toString() + file.getFileName();
                if (NAME.matcher(name).matches()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static List<Path> entries(Path folder) {
        var found = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw FolderFailures.of(folder, e);
        }
        return found;
    }

    /// @return how many bytes that gave back
    public long remove(String sha256) {
        return removed(place(sha256));
    }

    /// Removes what writers that no longer live have left behind.
    ///
    /// @return how many bytes that gave back
    public long sweepUnfinished() {
        var old = time.instant().minus(UNFINISHED_AGE_MAX);
        long freed = 0;
        for (var file : entries(root.resolve(UNFINISHED))) {
            if (changedAt(file).isBefore(old)) {
                freed += removed(file);
            }
        }
        return freed;
    }

    private static Instant changedAt(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            // Its writer has finished meanwhile.
            return Instant.MAX;
        } catch (IOException e) {
            throw FolderFailures.of(file, e);
        }
    }

    private static long removed(Path file) {
        try {
            long size = Files.size(file);
            return Files.deleteIfExists(file) ? size : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw FolderFailures.of(file, e);
        }
    }
}
