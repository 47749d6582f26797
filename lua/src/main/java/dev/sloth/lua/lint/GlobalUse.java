package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Name;

/// A place where a global is read or set.
///
/// @param inFunction whether that is within a function
public record GlobalUse(Name name, boolean sets, boolean inFunction) {}
