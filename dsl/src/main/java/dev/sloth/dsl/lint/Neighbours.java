package dev.sloth.dsl.lint;

import java.util.Optional;

/// Finds the files that a script imports.
@FunctionalInterface
public interface Neighbours {
    /// For scripts that come from nowhere: none is found.
    Neighbours NONE = (_, _) -> Optional.empty();

    /// How a script asks for another.
    enum Way {
        IMPORT,
        REQUIRE
    }

    /// The file that the script would get; empty when there is none, or none that can be read.
    Optional<Neighbour> find(Way way, String name);

    /// A file, and where it finds others.
    ///
    /// @param path by which it is known to be the same again
    record Neighbour(String path, byte[] text, Neighbours around) {}
}
