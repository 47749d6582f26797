package dev.sloth.lua.syntax;

import java.util.List;

/// A whole script: its name, its text, its main function (varargs, no parameters), and its
/// comments.
public record Chunk(String name, byte[] text, FunctionBody main, List<Comment> comments) {
    public Chunk {
        comments = List.copyOf(comments);
    }

    /// A comment, with its dashes.
    public record Comment(Span span) {}
}
