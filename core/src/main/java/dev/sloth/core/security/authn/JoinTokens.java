package dev.sloth.core.security.authn;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.TokenRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The join tokens of a master. Safe for use by many threads.
public final class JoinTokens {
    private static final Duration TTL_MAX = Duration.ofDays(365);
    private static final int USES_MAX = 100_000;

    private final ClusterStore store;
    private final InstantSource time;

    public JoinTokens(ClusterStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    /// What a token is to allow.
    ///
    /// @param uses how many agents may join with it
    public record Wish(String namespace, List<String> tags, String region, Duration ttl, int uses) {
        public Wish {
            tags = List.copyOf(tags);
        }
    }

    /// Keeps a new one.
    ///
    /// @param id never used before
    /// @param secretHash SHA-256 of its secret
    /// @throws dev.sloth.api.workflow.Problems when it cannot be as wished
    public TokenRow create(String id, byte[] secretHash, Wish wish, Deed deed) {
        AgentWords.checkPlace(wish.tags(), wish.region());
        if (!wish.ttl().isPositive() || wish.ttl().compareTo(TTL_MAX) > 0) {
            throw JoinProblems.malformed(
                    "a join token cannot hold for " + wish.ttl().toSeconds() + " s",
                    "say a time of at most 365 days, such as 1h");
        }
        if (wish.uses() < 1 || wish.uses() > USES_MAX) {
            throw JoinProblems.malformed(
                    "a join token cannot have %d uses".formatted(wish.uses()),
                    "say a number between 1 and " + USES_MAX);
        }
        var now = time.instant();
        var row =
                new TokenRow(
                        id,
                        wish.namespace(),
                        secretHash,
                        wish.tags(),
                        wish.region(),
                        wish.uses(),
                        0,
                        deed.name(),
                        now,
                        now.plus(wish.ttl()),
                        false);
        return store.write(tables -> {
            tables.putToken(row);
            tables.append(
                    deed.done(
                            now,
                            id,
                            "for %d agents until %s"
                                    .formatted(row.uses(), TimeText.of(row.expiresAt()))));
            return row;
        });
    }

    /// In the order in which they were made.
    public List<TokenRow> all() {
        return store.read(ClusterTables::tokens);
    }

    /// @throws dev.sloth.api.workflow.Problems when there is none of this id
    public TokenRow revoke(String id, Deed deed) {
        return store.write(tables -> {
            var row = tables.token(id).orElseThrow(() -> JoinProblems.noToken(id)).asRevoked();
            tables.putToken(row);
            tables.append(deed.done(time.instant(), row.id(), "revoked"));
            return row;
        });
    }

    /// What it is good for now, as people read it.
    public String state(TokenRow row) {
        if (row.revoked()) {
            return "revoked";
        }
        if (row.used() >= row.uses()) {
            return "used up";
        }
        return isOver(row, time.instant()) ? "expired" : "open";
    }

    static boolean isOver(TokenRow row, Instant now) {
        return !row.expiresAt().isAfter(now);
    }
}
