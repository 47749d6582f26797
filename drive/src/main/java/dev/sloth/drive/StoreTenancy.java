package dev.sloth.drive;

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
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Store store;
    private final Claim claim;
    private final Lease lease;
    private final InstantSource time;
    private final List<Long> unanswered = new ArrayList<>();
    private Instant looked = Instant.MIN;
    private long given;

    public StoreTenancy(Store store, Claim claim, Lease lease, InstantSource time) {
        this.store = store;
        this.claim = claim;
        this.time = time;
        this.lease = lease;
    }

    @Override
    public List<RunInput> look() {
        var now = time.instant();
        lease.assure();
        if (!Lease.passed(looked, now, LOOK_EVERY)) {
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
