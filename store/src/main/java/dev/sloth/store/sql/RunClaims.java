package dev.sloth.store.sql;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Who drives a run.
final class RunClaims {
    /// How often we look again when the run changes between looking and taking it.
    private static final int LOOKS_MAX = 16;

    private static final Sql SEE =
            new Sql(
                    "see owner",
                    """
                    SELECT ended, owner, lease_until, epoch
                    FROM runs
                    WHERE id = ?\
                    """);

    /// Names all that was seen: whoever renewed, released or took the run meanwhile wins.
    private static final Sql TAKE =
            new Sql(
                    "take run",
                    """
                    UPDATE runs
                    SET owner = ?, lease_until = ?, epoch = epoch + 1
                    WHERE id = ? AND ended = 0 AND owner = ? AND lease_until = ? AND epoch = ?\
                    """);

    private static final Sql RENEW =
            new Sql(
                    "renew lease",
                    """
                    UPDATE runs
                    SET lease_until = ?
                    WHERE id = ? AND epoch = ?\
                    """);

    private static final Sql RELEASE =
            new Sql(
                    "release run",
                    """
                    UPDATE runs
                    SET owner = ''
                    WHERE id = ? AND epoch = ?\
                    """);

    private final Transactions transactions;
    private final Consumer<Claim> granting;

    /// @param granting is told of a claim before it is committed, and may refuse it by throwing
    RunClaims(Transactions transactions, Consumer<Claim> granting) {
        this.transactions = transactions;
        this.granting = granting;
    }

    private record Seen(boolean ended, String owner, Instant leaseUntil, long epoch) {
        static Seen of(Row row) throws SQLException {
            return new Seen(row.flag(1), row.text(2), row.instant(3), row.number(4));
        }

        /// The judge of owners looks at processes, so it is asked outside of any transaction.
        boolean free(Instant now, Fate fate) {
            if (owner.isEmpty()) {
                return true;
            }
            return switch (fate.of(Owner.parse(owner))) {
                case GONE -> true;
                case ALIVE -> false;
                case UNKNOWN -> !now.isBefore(leaseUntil);
            };
        }
    }

    Claiming claim(RunId run, Owner by, Instant now, Duration ttl, Fate fate) {
        for (int look = 0; look < LOOKS_MAX; look++) {
            var found = transactions.read(s -> s.find(SEE, Seen::of, run.text()));
            if (found.isEmpty()) {
                return new Claiming.Unknown();
            }
            var seen = found.get();
            if (seen.ended()) {
                return new Claiming.Over();
            }
            if (!seen.free(now, fate)) {
                return new Claiming.Held(Owner.parse(seen.owner()), seen.leaseUntil());
            }
            var taken = take(run, by, now.plus(ttl), seen);
            if (taken.isPresent()) {
                return new Claiming.Granted(taken.get());
            }
        }
        throw new StoreFailure(
                StoreFailure.Reason.BUSY,
                "run %s changes hands faster than it can be claimed; try again".formatted(run));
    }

    private Optional<Claim> take(RunId run, Owner by, Instant until, Seen seen) {
        var claim = new Claim(run, seen.epoch() + 1);
        boolean taken =
                transactions.write(s -> {
                    int rows =
                            s.update(
                                    TAKE,
                                    by.text(),
                                    until,
                                    run.text(),
                                    seen.owner(),
                                    seen.leaseUntil(),
                                    seen.epoch());
                    if (rows == 1) {
                        granting.accept(claim);
                    }
                    return rows == 1;
                });
        return taken ? Optional.of(claim) : Optional.empty();
    }

    void renew(Claim claim, Instant until) {
        change(claim, RENEW, until, claim.run().text(), claim.epoch());
    }

    void release(Claim claim) {
        change(claim, RELEASE, claim.run().text(), claim.epoch());
    }

    private void change(Claim claim, Sql sql, Object... values) {
        transactions.write(s -> {
            if (s.update(sql, values) != 1) {
                throw Fence.fenced(claim);
            }
            return true;
        });
    }
}
