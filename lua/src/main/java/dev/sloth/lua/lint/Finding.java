package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Span;

/// What a script says that will not have been meant.
///
/// @param remedy what to do about it; empty when the message says it all
public record Finding(Rule rule, String message, String remedy, Span span) {}
