package dev.sloth.plugins.fileops;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What is to be in a file.
sealed interface Content {
    /// Whether a file has it already.
    boolean isIn(Path file) throws IOException;

    void writeTo(OutputStream out) throws IOException;

    /// So many bytes.
    record Bytes(byte[] bytes) implements Content {
        @Override
        public boolean isIn(Path file) throws IOException {
            return Files.size(file) == bytes.length
                    && Arrays.equals(Files.readAllBytes(file), bytes);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    /// What is in another file.
    record Of(Path source) implements Content {
        @Override
        public boolean isIn(Path file) throws IOException {
            return Files.mismatch(source, file) < 0;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            Files.copy(source, out);
        }
    }
}
