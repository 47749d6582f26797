package dev.sloth.api.plugin;

/// One result, in the order given back.
public record Result(String name, Type type, String doc) {}
