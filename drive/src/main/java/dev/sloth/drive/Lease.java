package dev.sloth.drive;

import dev.sloth.core.store.Claim;
import dev.sloth.core.store.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time for which a run is ours without asking again. Safe for use by many threads.
public final class Lease {
    /// How long it lasts without being renewed.
    public static final Duration TTL = Duration.ofSeconds(10);

    private static final Duration RENEW_EVERY = Duration.ofSeconds(3);

    private final RunStore store;
    private final Claim claim;
    private final InstantSource time;
    private volatile Instant renewed;

    /// Of a claim that was granted just now.
    public Lease(RunStore store, Claim claim, InstantSource time) {
        this.store = store;
        this.claim = claim;
        this.time = time;
        this.renewed = time.instant();
    }

    /// Makes sure that the run is still ours: to be called now and then, and before anything is
    /// begun for it, since we may have been kept from running for longer than we know.
    ///
    /// @throws dev.sloth.core.store.StoreFailure `FENCED` when it belongs to somebody else
    void assure() {
        if (passed(renewed, time.instant(), RENEW_EVERY)) {
            renew();
        }
    }

    /// Of many who find it old, one asks.
    private synchronized void renew() {
        var now = time.instant();
        if (passed(renewed, now, RENEW_EVERY)) {
            store.renew(claim, now.plus(TTL));
            renewed = now;
        }
    }

    /// A clock that was set back counts as one that went on.
    static boolean passed(Instant since, Instant now, Duration time) {
        return now.isBefore(since) || !now.isBefore(since.plus(time));
    }
}
