package dev.sloth.core.store.cluster;

import java.time.Instant;
import java.util.List;

/// An agent.
///
/// @param id never used again, also when the name is
/// @param slots how many attempts it takes at once
/// @param keyHash SHA-256 of the public key of its last certificate
/// @param token the id of the token that it joined with
/// @param certificateUntil when its last certificate ends
/// @param seenAt when it was last heard of
public record AgentRow(
        String id,
        String namespace,
        String name,
        List<String> tags,
        String region,
        int slots,
        byte[] keyHash,
        String token,
        Instant joinedAt,
        Instant certificateUntil,
        Instant seenAt,
        AgentStanding standing) {
    public AgentRow {
        tags = List.copyOf(tags);
        keyHash = keyHash.clone();
    }

    /// Whether it is refused for ever.
    public boolean revoked() {
        return standing.isOver();
    }

    /// With a new certificate, and the token that brought it.
    public AgentRow certified(byte[] hash, String by, Instant until) {
        return new AgentRow(
                id, namespace, name, tags, region, slots, hash, by, joinedAt, until, seenAt,
                standing);
    }

    public AgentRow labelled(List<String> nowTags, String nowRegion) {
        return new AgentRow(
                id,
                namespace,
                name,
                nowTags,
                nowRegion,
                slots,
                keyHash,
                token,
                joinedAt,
                certificateUntil,
                seenAt,
                standing);
    }

    public AgentRow standing(AgentStanding now) {
        return new AgentRow(
                id,
                namespace,
                name,
                tags,
                region,
                slots,
                keyHash,
                token,
                joinedAt,
                certificateUntil,
                seenAt,
                now);
    }

    public AgentRow seen(Instant at) {
        return new AgentRow(
                id,
                namespace,
                name,
                tags,
                region,
                slots,
                keyHash,
                token,
                joinedAt,
                certificateUntil,
                at,
                standing);
    }
}
