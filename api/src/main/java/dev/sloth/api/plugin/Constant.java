package dev.sloth.api.plugin;

import dev.sloth.api.value.Value;

/// A plain field of a module.
public record Constant(String name, Value value, String doc) {}
