package dev.sloth.master.afar;

import dev.sloth.wire.proto.RunSeen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The clock of a master, as far as it can be told from what it said last: how long a run has been
/// going on must not depend on how the clock of this machine is set.
final class MasterClock implements InstantSource {
    private final InstantSource here;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    MasterClock(InstantSource here) {
        this.here = here;
    }

    void heard(RunSeen seen) {
        if (seen.hasSeenAt()) {
            var there = RunMessages.instant(seen.getSeenAt());
            ahead.set(Duration.between(here.instant(), there));
        }
    }

    @Override
    public Instant instant() {
        return here.instant().plus(ahead.get());
    }
}
