package dev.sloth.lua.syntax;

/// An identifier where it stands.
public record Name(String text, Span span) {}
