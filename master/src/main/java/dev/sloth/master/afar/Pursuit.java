package dev.sloth.master.afar;

import dev.sloth.wire.proto.RunName;
import dev.sloth.wire.proto.RunStand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// A run that is followed: the master says when there is more of it. For one thread.
public final class Pursuit implements AutoCloseable {
    private final Inflow<RunName, RunStand> flow;

    Pursuit(Inflow<RunName, RunStand> flow) {
        this.flow = flow;
    }

    /// How far it is, once there is more of it; nothing when that takes longer than this.
    ///
    /// @throws dev.sloth.api.workflow.Problems when the master is gone
    public Optional<Stand> next(Duration longest) {
        try {
            return Optional.of(
                    flow.within(longest)
                            .map(stand ->
                                    new Stand(
                                            stand.getEvents(),
                                            stand.getChunks(),
                                            stand.getEnded(),
                                            stand.getPlacesList().stream()
                                                    .map(Place.Of::of)
                                                    .toList()))
                            .orElse(Stand.OVER));
        } catch (TimeoutException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        flow.close();
    }
}
