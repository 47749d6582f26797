package dev.sloth.wire;

import dev.sloth.wire.proto.Access;
import java.time.Instant;

/// Somebody who may call, as people see them.
///
/// @param state `holds`, `expired` or `revoked`
public record AccessSight(
        String name, String role, String state, String madeBy, Instant madeAt, Instant expiresAt) {
    static AccessSight of(Access access) {
        return new AccessSight(
                access.getName(),
                access.getRole(),
                access.getState(),
                access.getMadeBy(),
                Instant.ofEpochMilli(access.getMadeAt()),
                Instant.ofEpochMilli(access.getExpiresAt()));
    }

    public Access message() {
        return Access.newBuilder()
                .setName(name)
                .setRole(role)
                .setState(state)
                .setMadeBy(madeBy)
                .setMadeAt(madeAt.toEpochMilli())
                .setExpiresAt(expiresAt.toEpochMilli())
                .build();
    }
}
