package dev.sloth.lua.syntax;

import java.util.List;

/// Statements in order, with a scope of their own.
public record Block(List<Stat> stats, Span span) {
    public Block {
        stats = List.copyOf(stats);
    }
}
