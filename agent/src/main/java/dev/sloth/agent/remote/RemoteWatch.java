package dev.sloth.agent.remote;

import dev.sloth.api.state.SharedState.Watch;
import dev.sloth.api.state.StateChange;
import dev.sloth.wire.shared.Asking;
import dev.sloth.wire.shared.Look;
import dev.sloth.wire.shared.Seen;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/// Changes behind a number that goes on. The master knows nothing of a watch between two looks:
/// each says where to go on, so one that breaks is made again and neither loses nor doubles a
/// change.
final class RemoteWatch implements Watch {
    private final Shared shared;
    private final Asking asking;
    private final String pattern;
    private long seen;

    private RemoteWatch(Shared shared, Asking asking, String pattern, long seen) {
        this.shared = shared;
        this.asking = asking;
        this.pattern = pattern;
        this.seen = seen;
    }

    /// One that sees what changes from now on.
    static RemoteWatch begun(Shared shared, Asking asking, String pattern) {
        var look = new Look(asking, pattern, OptionalLong.empty(), Duration.ZERO);
        var end = Deadline.within(Duration.ZERO);
        var found = shared.asked(patience -> found(shared, look, end, patience));
        return new RemoteWatch(shared, asking, pattern, found.upTo());
    }

    /// @param upTo the number of the last change that was looked at
    private record Found(List<StateChange> changes, long upTo) {}

    @Override
    public List<StateChange> next(Duration timeout) throws InterruptedException {
        var end = Deadline.within(timeout);
        var found =
                shared.waited(patience -> {
                    var look = new Look(asking, pattern, OptionalLong.of(seen), end.left());
                    return found(shared, look, end, patience);
                });
        seen = found.upTo();
        return found.changes();
    }

    private static Found found(Shared shared, Look look, Deadline end, Tries.Patience patience)
            throws StatusException, TimeoutException, InterruptedException {
        var changes = new ArrayList<StateChange>();
        var call = shared.lines().patient().watch(look.message());
        try (var incoming = new Incoming(call, shared.limits().answerMax())) {
            var wait = patience.left();
            while (true) {
                switch (Seen.of(incoming.next(wait))) {
                    case Seen.Begun _ -> patience.renew();
                    case Seen.Changed(var change) -> changes.add(change);
                    case Seen.UpTo(long number) -> {
                        return new Found(changes, number);
                    }
                }
                wait = end.left().plus(shared.limits().patience());
            }
        }
    }
}
