package dev.sloth.cli.run;

import dev.sloth.core.journal.Requests;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A run that is ours by a lease in the store.
public final class StoreTenancy implements Tenancy {
    /// How long a lease lasts without being renewed.
    public static final Duration TTL = Duration.ofSeconds(10);

    private static final Duration RENEW_EVERY = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Store store;
    private final Claim claim;
    private final InstantSource time;
    private final List<Long> unanswered = new ArrayList<>();
    private Instant renewed;
    private Instant looked = Instant.MIN;
    private long given;

    public StoreTenancy(Store store, Claim claim, InstantSource time) {
        this.store = store;
        this.claim = claim;
        this.time = time;
        this.renewed = time.instant();
    }

    @Override
    public List<RunInput> look() {
        var now = time.instant();
        if (passed(renewed, now, RENEW_EVERY)) {
            store.runs().renew(claim, now.plus(TTL));
            renewed = now;
        }
        if (!passed(looked, now, LOOK_EVERY)) {
            return List.of();
        }
        looked = now;
        var inputs = new ArrayList<RunInput>();
        for (var request : store.requests().of(claim.run())) {
            if (request.number() > given) {
                given = request.number();
                unanswered.add(given);
                inputs.add(Requests.read(claim.run(), request, now));
            }
        }
        return inputs;
    }

    /// A clock that was set back counts as one that went on.
    private static boolean passed(Instant since, Instant now, Duration time) {
        return now.isBefore(since) || !now.isBefore(since.plus(time));
    }

    @Override
    public Duration pace() {
        return LOOK_EVERY;
    }

    @Override
    public void kept() {
        unanswered.forEach(number -> store.requests().answered(claim, number));
        unanswered.clear();
    }
}
