package dev.sloth.lua.syntax;

/// A place in a text: byte offsets `from` (included) and `to` (left out), with the line and column
/// (both from 1, columns in bytes) of `from`.
public record Span(int from, int to, int line, int column) {}
