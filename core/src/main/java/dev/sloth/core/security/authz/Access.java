package dev.sloth.core.security.authz;

import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.TimeText;
import dev.sloth.core.security.audit.Deed;
import dev.sloth.core.store.cluster.AccessRow;
import dev.sloth.core.store.cluster.AccessRow.Standing;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.ClusterTables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/// The people who may call a master. Safe for use by many threads.
public final class Access {
    private static final Duration TTL_MAX = Duration.ofDays(366);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final ClusterStore store;
    private final InstantSource time;

    public Access(ClusterStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    /// Who is to have access.
    ///
    /// @param keyHash SHA-256 of the public key that they proved to have
    public record Wish(String name, Role role, byte[] keyHash, Duration ttl) {
        public Wish {
            keyHash = keyHash.clone();
        }
    }

    /// Gives somebody access.
    ///
    /// @throws Problems when they cannot have it
    public AccessRow create(Wish wish, Deed deed) {
        check(wish);
        var now = time.instant();
        var row =
                new AccessRow(
                        wish.name(),
                        wish.role().word(),
                        wish.keyHash(),
                        deed.name(),
                        now,
                        now.plus(wish.ttl()),
                        Standing.NAMED);
        return store.write(tables -> {
            var before = tables.accessNamed(row.name());
            if (before.isPresent()) {
                if (!isOver(before.get(), now)) {
                    throw AccessProblems.taken(row.name());
                }
                tables.putAccess(before.get().asSucceeded());
            }
            if (tables.accessOfKey(row.keyHash()).isPresent()) {
                throw AccessProblems.malformed(
                        "somebody else has this key", "make a key for each name");
            }
            tables.putAccess(row);
            tables.append(
                    deed.done(
                            now,
                            row.name(),
                            "%s until %s".formatted(row.role(), TimeText.of(row.expiresAt()))));
            return row;
        });
    }

    private static void check(Wish wish) {
        if (!NAME.matcher(wish.name()).matches()) {
            throw AccessProblems.malformed(
                    "'%s' is no name of somebody".formatted(wish.name()),
                    "a name has at most 63 letters, digits and . _ - and begins with a letter or"
                            + " a digit");
        }
        if (!wish.ttl().isPositive() || wish.ttl().compareTo(TTL_MAX) > 0) {
            throw AccessProblems.malformed(
                    "access cannot hold for %d s".formatted(wish.ttl().toSeconds()),
                    "say a time of at most 366 days, such as 30d");
        }
    }

    /// Gives somebody another role, which holds from their next call on.
    ///
    /// @throws Problems when there is none of this name
    public AccessRow change(String name, Role role, Deed deed) {
        return store.write(tables -> {
            var before = found(tables, name);
            var row = before.withRole(role.word());
            tables.putAccess(row);
            tables.append(
                    deed.done(
                            time.instant(),
                            name,
                            "%s, was %s".formatted(row.role(), before.role())));
            return row;
        });
    }

    /// Takes somebody's access away, for ever.
    ///
    /// @throws Problems when there is none of this name
    public AccessRow revoke(String name, Deed deed) {
        return store.write(tables -> {
            var row = found(tables, name).asRevoked();
            tables.putAccess(row);
            tables.append(deed.done(time.instant(), name, "revoked"));
            return row;
        });
    }

    private static AccessRow found(ClusterTables tables, String name) {
        return tables.accessNamed(name).orElseThrow(() -> AccessProblems.nobody(name));
    }

    /// By name; those of one name in the order in which they were made.
    public List<AccessRow> all() {
        return store.read(ClusterTables::access);
    }

    /// The one of this name that was not revoked.
    ///
    /// @throws Problems when there is none
    public AccessRow named(String name) {
        return store.read(tables -> found(tables, name));
    }

    /// What somebody is at this moment.
    ///
    /// @param keyHash SHA-256 of the key that they have shown to have
    /// @throws Problems when they are nobody, or nobody any more
    public Role role(String name, byte[] keyHash) {
        var row =
                store.read(tables -> tables.accessOfKey(keyHash))
                        .filter(found -> found.name().equals(name))
                        .orElseThrow(() -> new Problems(AccessProblems.unknown()));
        if (row.standing() == Standing.REVOKED) {
            throw new Problems(AccessProblems.revoked(name));
        }
        if (isOver(row, time.instant())) {
            throw new Problems(AccessProblems.expired(name, row.expiresAt()));
        }
        return Role.of(row.role()).orElseThrow(() -> new Problems(AccessProblems.unknown()));
    }

    /// Whether it holds, as people read it.
    public String state(AccessRow row) {
        if (row.standing() == Standing.REVOKED) {
            return "revoked";
        }
        return isOver(row, time.instant()) ? "expired" : "holds";
    }

    /// One whose name is another's was over once, whatever the clock says since.
    private static boolean isOver(AccessRow row, Instant now) {
        return row.standing() == Standing.SUCCEEDED || !row.expiresAt().isAfter(now);
    }
}
