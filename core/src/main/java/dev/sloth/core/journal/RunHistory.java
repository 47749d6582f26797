package dev.sloth.core.journal;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunState;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.StoreFailure;
import java.util.ArrayList;
import java.util.Optional;

/// A run as its journal tells it, for those who look but do not drive. Reads page by page: however
/// long the journal is, one page of it is held at a time.
public final class RunHistory {
    /// How many pages are asked for in one go.
    private static final int PAGES = 64;

    private final RunStore store;
    private final RunId run;
    private final Submissions submissions;

    public RunHistory(RunStore store, RunId run) {
        this.store = store;
        this.run = run;
        this.submissions = new Submissions(store::content);
    }

    Submissions submissions() {
        return submissions;
    }

    /// Takes events with their numbers, counted from 1 over the run.
    @FunctionalInterface
    public interface Listener {
        void event(long number, RunEvent event);
    }

    /// Reads the events from a number on that are there by now.
    ///
    /// @return the number of the next one, from where reading may go on later
    /// @throws StoreFailure `DAMAGED` when they are not what was written
    public long events(long from, Listener listener) {
        long next = from;
        for (var pages = store.journal(run, next, PAGES);
                !pages.isEmpty();
                pages = store.journal(run, next, PAGES)) {
            for (var page : pages) {
                next = page(page, next, listener);
            }
        }
        return next;
    }

    /// Whether the run has begun to end because somebody cancelled it.
    ///
    /// @throws StoreFailure as [#events]
    public boolean isCancelled() {
        boolean[] seen = {false};
        events(
                1,
                (_, event) ->
                        seen[0] |=
                                event instanceof RunEvent.RunStopping(_, var as, _)
                                        && as == RunStatus.CANCELLED);
        return seen[0];
    }

    private long page(RunStore.Page page, long from, Listener listener) {
        var what = "the journal of run %s from event %d".formatted(run, page.first());
        long[] number = {page.first()};
        ChapterFormat.read(
                what,
                page.body(),
                submissions,
                event -> {
                    if (number[0] >= from) {
                        listener.event(number[0], event);
                    }
                    number[0]++;
                });
        if (page.first() > from || number[0] != page.first() + page.events()) {
            throw Damage.found(what + " has a gap");
        }
        return number[0];
    }

    /// How the run began.
    ///
    /// @throws StoreFailure `DAMAGED` when it is not what was written, or not there
    public RunEvent.RunSubmitted submitted() {
        var first = new ArrayList<RunEvent>();
        for (var page : store.journal(run, 1, 1)) {
            var _ = page(page, 1, (_, event) -> first.add(event));
        }
        if (!first.isEmpty() && first.getFirst() instanceof RunEvent.RunSubmitted submitted) {
            return submitted;
        }
        throw noSubmission();
    }

    /// Everything that is known of the run: from its newest snapshot, and the events after it.
    ///
    /// @throws StoreFailure `DAMAGED` when they are not what was written, or the first is missing
    public RunState state() {
        var restored = restored();
        if (restored.submitted().isEmpty()) {
            throw noSubmission();
        }
        return restored.state();
    }

    /// Reads a run from its first event on.
    ///
    /// @return where the events lead to
    /// @throws StoreFailure `DAMAGED` when they are not what was written, or the first is missing
    public RunState replayed(Listener listener) {
        var replay = new Replay();
        events(
                1,
                (number, event) -> {
                    replay.event(number, event);
                    listener.event(number, event);
                });
        if (replay.submitted.isEmpty()) {
            throw noSubmission();
        }
        return replay.state;
    }

    private StoreFailure noSubmission() {
        return Damage.found(
                "the journal of run %s does not begin with a submission".formatted(run));
    }

    /// @param submitted absent before the first event
    /// @param events how many there are
    /// @param snapshot how many there were at the newest snapshot
    record Restored(
            Optional<RunEvent.RunSubmitted> submitted,
            RunState state,
            long events,
            long snapshot) {}

    Restored restored() {
        var replay = new Replay();
        store.snapshot(run).ifPresent(replay::from);
        long next = events(replay.events + 1, replay);
        return new Restored(replay.submitted, replay.state, next - 1, replay.events);
    }

    private final class Replay implements Listener {
        private Optional<RunEvent.RunSubmitted> submitted = Optional.empty();
        private RunState state = RunEngine.start();
        private long events;

        void from(RunStore.Snapshot snapshot) {
            var what = "the snapshot of run " + run;
            var there = new SnapshotFormat().read(what, snapshot.body(), submissions);
            submitted = Optional.of(there.submitted());
            state = there.state();
            events = snapshot.events();
        }

        /// Events that do not follow from one another are damage too, whatever the engine says.
        @Override
        public void event(long number, RunEvent event) {
            if (event instanceof RunEvent.RunSubmitted first) {
                submitted = Optional.of(first);
            }
            try {
                state = RunEngine.evolve(state, event);
            } catch (IllegalStateException
                    | IllegalArgumentException
                    | IndexOutOfBoundsException e) {
                throw new StoreFailure(
                        StoreFailure.Reason.DAMAGED,
                        "event %d of run %s does not follow from those before"
                                .formatted(number, run),
                        e);
            }
        }
    }
}
