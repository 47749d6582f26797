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
        Standing standing) {
    /// Whether it has its name still.
    public enum Standing {
        /// It has, also when it is over.
        NAMED,
        REVOKED,
        /// It was over when somebody else was given the name.
        SUCCEEDED
    }

    public AccessRow {
        keyHash = keyHash.clone();
    }

    public AccessRow withRole(String other) {
        return new AccessRow(name, other, keyHash, madeBy, madeAt, expiresAt, standing);
    }

    public AccessRow asRevoked() {
        return as(Standing.REVOKED);
    }

    public AccessRow asSucceeded() {
        return as(Standing.SUCCEEDED);
    }

    private AccessRow as(Standing other) {
        return new AccessRow(name, role, keyHash, madeBy, madeAt, expiresAt, other);
    }

    public boolean isNamed() {
        return standing == Standing.NAMED;
    }
}
