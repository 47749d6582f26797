package dev.sloth.cli;

import dev.sloth.dsl.Source;
import dev.sloth.dsl.lint.Neighbours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds imported files where a run would find them: beside the file that imports them, or, for
/// `require`, from the folder of the script.
///
/// @param file that imports
/// @param start the folder of the script
record FolderNeighbours(Path file, Path start) implements Neighbours {
    FolderNeighbours(Path file) {
        this(file, file.resolveSibling(""));
    }

    @Override
    public Optional<Neighbour> find(Way way, String name) {
        try {
            return paths(way, name).filter(Files::isRegularFile).findFirst().flatMap(this::read);
        } catch (InvalidPathException _) {
            // No file is called so, then.
            return Optional.empty();
        }
    }

    private Stream<Path> paths(Way way, String name) {
        return switch (way) {
            case IMPORT -> Source.imported(name).stream().map(file::resolveSibling);
            case REQUIRE -> Source.required(name).stream().map(start::resolve);
        };
    }

    private Optional<Neighbour> read(Path found) {
        try {
            var text = Beginning.of(found, Source.BYTES_MAX);
            return Optional.of(
                    new Neighbour(found.toString(), text, new FolderNeighbours(found, start)));
        } catch (IOException _) {
            // A file that cannot be read is none that is found; who runs the script is told more.
            return Optional.empty();
        }
    }
}
