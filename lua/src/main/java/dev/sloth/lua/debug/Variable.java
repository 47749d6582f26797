package dev.sloth.lua.debug;

/// A variable, or an entry of a table.
///
/// @param name as one would write it
public record Variable(String name, Datum value, Shown shown) {}
