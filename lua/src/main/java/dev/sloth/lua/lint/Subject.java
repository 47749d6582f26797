package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Chunk;

/// A script that is looked at: its tree, and what its names mean.
public record Subject(Chunk chunk, Names names) {
    /// A parsed script with its names resolved.
    public static Subject of(Chunk chunk) {
        return new Subject(chunk, Names.of(chunk));
    }
}
