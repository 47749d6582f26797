package dev.sloth.core.store.secret;

/// A version with the beginning of what is sealed, which no two encryptions have in common.
///
/// @param mark the first [SecretTables#MARK] bytes, or all when there are fewer
public record MarkedRow(VersionRow row, byte[] mark) {}
