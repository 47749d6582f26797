package dev.sloth.core.store.state;

/// A part of an entry.
public record StateItem(byte[] place, byte[] value) {}
