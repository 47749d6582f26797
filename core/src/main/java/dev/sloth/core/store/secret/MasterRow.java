package dev.sloth.core.store.secret;

/// How the master key is known again.
///
/// @param id a fingerprint of the key
/// @param derivation how it comes of a passphrase; empty when it does not
public record MasterRow(String id, String derivation) {}
