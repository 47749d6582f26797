package dev.sloth.cli;

import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.master.afar.Place;
import dev.sloth.master.afar.Pursuit;
import dev.sloth.master.afar.RemoteStore;
import dev.sloth.master.afar.Stand;
import java.time.Duration;
import java.util.List;
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
    public List<Place.Of> await() throws InterruptedException {
        try {
            if (pursuit.isEmpty()) {
                pursuit = Optional.of(store.follow(run));
            }
            var stand = pursuit.get().next(LONGEST);
            if (stand.isPresent() && stand.get().ended()) {
                close();
            }
            return stand.map(Stand::places).orElse(List.of());
        } catch (Problems _) {
            close();
            Thread.sleep(LONGEST);
            return List.of();
        }
    }

    @Override
    public void close() {
        pursuit.ifPresent(Pursuit::close);
        pursuit = Optional.empty();
    }
}
