package dev.sloth.master;

import dev.sloth.wire.OwnFolder;
import dev.sloth.wire.WireProblems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A folder that is ours alone, until we close this or are gone.
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws dev.sloth.api.workflow.Problems when another master has it, or it cannot be made
    static FolderLock of(Path folder) {
        try {
            var channel =
                    FileChannel.open(
                            OwnFolder.made(folder).resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw WireProblems.of(
                        "SLOTH-4723",
                        "another master runs in %s".formatted(folder),
                        "end that one, or choose another folder with --data");
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw OwnFolder.unusable(folder, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException _) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(FolderLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "a lock was not given back", e);
        }
    }
}
