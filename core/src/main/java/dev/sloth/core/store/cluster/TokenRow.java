package dev.sloth.core.store.cluster;

import java.time.Instant;
import java.util.List;

/// A join token.
///
/// @param secretHash SHA-256 of its secret, which nobody keeps
/// @param tags what agents that join with it are tagged; empty when they say so themselves
/// @param region where they are; empty when they say so themselves
/// @param uses how many agents may join with it
/// @param used how many have
/// @param madeBy who made it
public record TokenRow(
        String id,
        String namespace,
        byte[] secretHash,
        List<String> tags,
        String region,
        int uses,
        int used,
        String madeBy,
        Instant madeAt,
        Instant expiresAt,
        boolean revoked) {
    public TokenRow {
        secretHash = secretHash.clone();
        tags = List.copyOf(tags);
    }

    public TokenRow usedOnce() {
        return with(used + 1, revoked);
    }

    public TokenRow asRevoked() {
        return with(used, true);
    }

    private TokenRow with(int nowUsed, boolean nowRevoked) {
        return new TokenRow(
                id,
                namespace,
                secretHash,
                tags,
                region,
                uses,
                nowUsed,
                madeBy,
                madeAt,
                expiresAt,
                nowRevoked);
    }
}
