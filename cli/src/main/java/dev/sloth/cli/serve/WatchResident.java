package dev.sloth.cli.serve;

import dev.sloth.agent.watch.Watching;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Watches what is to be watched. When several serve one home, one of them does.
public final class WatchResident implements Resident {
    private final Opening opening;
    private Optional<Watching> watching = Optional.empty();

    /// Begins to watch.
    @FunctionalInterface
    public interface Opening {
        Watching open() throws IOException;
    }

    public WatchResident(Opening opening) {
        this.opening = opening;
    }

    @Override
    public String name() {
        return "watchers";
    }

    @Override
    public void start(Consumer<RuntimeException> fault) {
        try {
            var open = opening.open();
            watching = Optional.of(open);
            open.start();
        } catch (IOException e) {
            fault.accept(
                    new StoreFailure(
                            Reason.BROKEN,
                            "the system cannot tell of changes in folders: " + e.getMessage(),
                            e));
        }
    }

    @Override
    public void stop(Duration grace) {
        watching.ifPresent(Watching::close);
    }
}
