package dev.sloth.cli.debug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The scripts of a project, by what messages call them and by where they are.
///
/// @param base the folder from which scripts have their names
public record Sources(Path base) {
    public Sources {
        base = base.toAbsolutePath().normalize();
    }

    /// What messages call a file.
    String name(Path file) {
        var path = file.toAbsolutePath().normalize();
        if (path.startsWith(base)) {
            return base.relativize(path).toString();
        }
        var real = real(path);
        var below = real(base);
        return real.startsWith(below) ? below.relativize(real).toString() : path.toString();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            // what is not there has no other name
            return path;
        }
    }

    /// Where a script of that name is, if it is a file.
    Optional<Path> file(String name) {
        try {
            var file = base.resolve(name).normalize();
            return !name.isEmpty() && Files.isRegularFile(file)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (InvalidPathException _) {
            // a text that was never a file
            return Optional.empty();
        }
    }
}
