package dev.sloth.wire;

import dev.sloth.api.workflow.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Folders that a master or an agent keeps its keys in, for nobody but its user.
public final class OwnFolder {
    private static final String CHOOSE =
            "make it one that you may write, or choose another with --data";

    private OwnFolder() {}

    /// Makes the folder when it is not there.
    ///
    /// @throws Problems when it cannot be one, or may not be written
    public static Path made(Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw unusable(folder, "it is no folder");
            }
            if (Files.notExists(folder)) {
                Files.createDirectories(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.isWritable(folder)) {
                throw unusable(folder, "permission denied");
            }
            return folder;
        } catch (NoSuchFileException _) {
            // As some file systems answer that let nobody make anything.
            throw unusable(folder, "it is not there and cannot be made");
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /// What is told when something in it cannot be had.
    public static Problems unusable(Path folder, IOException failure) {
        return WireProblems.unusable(unusable(folder), failure, CHOOSE);
    }

    private static Problems unusable(Path folder, String why) {
        return WireProblems.of(WireProblems.UNUSABLE_FILE, unusable(folder) + ": " + why, CHOOSE);
    }

    private static String unusable(Path folder) {
        return "the folder %s cannot be used".formatted(folder);
    }
}
