package dev.sloth.core.store.cluster;

import java.time.Instant;

/// Somebody who may call a master, with the key that they call with.
///
/// @param role what they may do
/// @param keyHash SHA-256 of the public key of their certificate
/// @param madeBy who gave it to them
public record AccessRow(
        String name,
        String role,
        byte[] keyHash,
        String madeBy,
        Instant madeAt,
        Instant expiresAt,
        boolean revoked) {
    public AccessRow {
        keyHash = keyHash.clone();
    }

    public AccessRow withRole(String other) {
        return new AccessRow(name, other, keyHash, madeBy, madeAt, expiresAt, revoked);
    }

    public AccessRow asRevoked() {
        return new AccessRow(name, role, keyHash, madeBy, madeAt, expiresAt, true);
    }
}
