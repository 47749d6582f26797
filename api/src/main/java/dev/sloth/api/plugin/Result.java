package dev.sloth.api.plugin;

/// One result, in the order given back.
///
/// @param nilable whether it may be nil, or not be there at all
public record Result(String name, Type type, boolean nilable, String doc) {}
