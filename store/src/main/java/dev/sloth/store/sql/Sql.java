package dev.sloth.store.sql;

/// A statement.
///
/// @param name how faults and messages speak of it
public record Sql(String name, String text) {}
