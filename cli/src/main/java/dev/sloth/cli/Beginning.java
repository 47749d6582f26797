package dev.sloth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The beginning of a file, whatever its size is said to be: a pipe has none, and not everything
/// that can be opened has an end.
final class Beginning {
    private Beginning() {}

    /// As much as there is, or this many bytes.
    static byte[] of(Path file, int most) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        }
    }
}
