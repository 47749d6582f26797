package dev.sloth.core.state;

import dev.sloth.api.state.SharedState.Watch;
import dev.sloth.api.state.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Changes behind a number that goes on.
final class Following implements Watch {
    /// How long it waits before it looks again what expires.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// Later than any time at which something expires.
    private static final Instant LAST = Instant.MAX;

    private final LocalState state;
    private final Pattern pattern;
    private long seen;

    Following(LocalState state, Pattern pattern, long seen) {
        this.state = state;
        this.pattern = pattern;
        this.seen = seen;
    }

    /// Behind which changes come.
    long seen() {
        return seen;
    }

    @Override
    public List<StateChange> next(Duration timeout) throws InterruptedException {
        var bell = state.listening();
        var patience = state.patience();
        var deadline = patience.instant().plus(timeout);
        while (true) {
            long heard = bell.rings();
            var changes = look();
            var left = Duration.between(patience.instant(), deadline);
            if (!changes.isEmpty() || !left.isPositive()) {
                return changes;
            }
            var expiry = untilExpiry();
            bell.await(heard, left.compareTo(expiry) < 0 ? left : expiry);
        }
    }

    /// Until there is something to tell of that nobody does.
    private Duration untilExpiry() {
        var next = state.read(reading -> reading.view().expired(LAST, 1).stream().findFirst());
        var until =
                next.map(entry -> Duration.between(state.now(), entry.expiresAt())).orElse(LONGEST);
        return until.compareTo(LONGEST) < 0 ? until : LONGEST;
    }

    private List<StateChange> look() {
        boolean _ = state.sweep().expire();
        var found = state.read(reading -> Facts.behind(reading, pattern, seen));
        seen = found.last();
        return found.changes();
    }
}
