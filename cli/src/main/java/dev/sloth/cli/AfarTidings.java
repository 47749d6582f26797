package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.master.afar.Pursuit;
import dev.sloth.master.afar.RemoteStore;
import java.time.Duration;
import java.util.Optional;

/// What a master says of a run that is followed. While it does not answer, time passes; whoever
/// looks at the run then finds out why.
final class AfarTidings implements RunTidings {
    private static final Duration LONGEST = Duration.ofMillis(200);

    private final RemoteStore store;
    private final RunId run;
    private Optional<Pursuit> pursuit = Optional.empty();

    AfarTidings(RemoteStore store, RunId run) {
        this.store = store;
        this.run = run;
    }

    @Override
    public void await() throws InterruptedException {
        try {
            if (pursuit.isEmpty()) {
                pursuit = Optional.of(store.follow(run));
            }
            var stand = pursuit.get().next(LONGEST);
            if (stand.isPresent() && stand.get().ended()) {
                close();
            }
        } catch (Problems _) {
            close();
            Thread.sleep(LONGEST);
        }
    }

    @Override
    public void close() {
        pursuit.ifPresent(Pursuit::close);
        pursuit = Optional.empty();
    }
}
