package dev.sloth.plugins.fileops;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Archives, told apart by how they begin and not by their names.
final class Archive {
    private static final int GZIP = 0x1f8b;
    private static final int ZIP = 0x504b;
    private static final int BUFFER = 1 << 16;

    /// Is told of each entry in turn.
    interface Visitor {
        void take(Entry entry) throws IOException;
    }

    private Archive() {}

    /// @throws IOException when it is none, or broken, or the visitor does not like it
    static void each(Path path, Visitor visitor) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    Files.exists(path) ? "is not a regular file" : "no such file or directory");
        }
        try (var in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            switch (magic) {
                case ZIP -> ZipEntries.each(path, visitor);
                case GZIP -> tar(new GZIPInputStream(in, BUFFER), path, visitor);
                default -> tar(in, path, visitor);
            }
        }
    }

    private static void tar(InputStream in, Path path, Visitor visitor) throws IOException {
        try (var tar = new TarEntries(in)) {
            tar.each(visitor);
        } catch (TarEntries.NoTar e) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "is not a tar, tar.gz or zip archive: " + e.getMessage());
        }
    }
}
