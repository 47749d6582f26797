package dev.sloth.store.files;

import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What file systems say, in the words of a store.
public final class FolderFailures {
    /// A disk with less room than this refuses even small files, whatever error it gives.
    private static final long ROOM_MIN = 16 * 1024;

    private FolderFailures() {}

    /// @param path what could not be written
    public static StoreFailure of(Path path, IOException cause) {
        if (full(path)) {
            return new StoreFailure(
                    Reason.FULL,
                    "the disk of %s is full: make room there, then try again".formatted(path),
                    cause);
        }
        if (forbidden(cause)) {
            return new StoreFailure(
                    Reason.FORBIDDEN,
                    "%s may not be written: it is not ours to write, or its file system is read-only. Mend its permissions, or set SLOTH_HOME to another folder"
                            .formatted(path),
                    cause);
        }
        return new StoreFailure(Reason.BROKEN, "%s: %s".formatted(path, cause), cause);
    }

    private static boolean forbidden(IOException cause) {
        var text = String.valueOf(cause.getMessage());
        return cause instanceof AccessDeniedException
                || text.contains("Read-only file system")
                || text.contains("Operation not permitted");
    }

    /// Whether the disk of a path, which need not exist, has no room left.
    public static boolean full(Path path) {
        for (var at = path.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return room(at) < ROOM_MIN;
            }
        }
        return false;
    }

    private static long room(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            // Then the first error is the one to be told of.
            return Long.MAX_VALUE;
        }
    }

    static StoreFailure damaged(Artifact artifact, String why) {
        return new StoreFailure(
                Reason.DAMAGED,
                "artifact %s of attempt %s is damaged: %s"
                        .formatted(artifact.path(), artifact.id(), why));
    }
}
