package dev.sloth.wire;

import dev.sloth.wire.proto.Token;
import java.time.Instant;
import java.util.List;

/// A join token as people see it, which is without its secret.
///
/// @param state `open`, `used up`, `expired` or `revoked`
public record TokenSight(
        String id,
        String state,
        List<String> tags,
        String region,
        int uses,
        int used,
        String madeBy,
        Instant madeAt,
        Instant expiresAt) {
    public TokenSight {
        tags = List.copyOf(tags);
    }

    static TokenSight of(Token token) {
        return new TokenSight(
                token.getId(),
                token.getState(),
                List.copyOf(token.getTagsList()),
                token.getRegion(),
                token.getUses(),
                token.getUsed(),
                token.getMadeBy(),
                Instant.ofEpochMilli(token.getMadeAt()),
                Instant.ofEpochMilli(token.getExpiresAt()));
    }

    public Token message() {
        return Token.newBuilder()
                .setId(id)
                .setState(state)
                .addAllTags(tags)
                .setRegion(region)
                .setUses(uses)
                .setUsed(used)
                .setMadeBy(madeBy)
                .setMadeAt(madeAt.toEpochMilli())
                .setExpiresAt(expiresAt.toEpochMilli())
                .build();
    }
}
