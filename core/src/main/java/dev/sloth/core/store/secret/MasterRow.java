package dev.sloth.core.store.secret;

/// How the master key is known again, and what it has sealed.
///
/// @param id a fingerprint of the key
/// @param derivation how it comes of a passphrase; empty when it does not
/// @param changes counts the changes of what is kept
/// @param seal over the keys of all namespaces; empty when there was none yet
public record MasterRow(String id, String derivation, long changes, String seal) {}
