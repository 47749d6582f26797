package dev.sloth.core.journal;

import dev.sloth.core.run.Journal;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunState;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The journal of one run in a store, written under a claim: each step is one chapter, committed
/// when `append` returns. Used by one thread at a time.
///
/// Every so many events a snapshot is kept before the next step, so that bringing the run back
/// never reads more than about that many events. When that fails, the step has not happened either.
public final class StoredJournal implements Journal {
    /// How many events lie between two snapshots.
    ///
    /// @param eventsMin no snapshot sooner after the one before
    /// @param eventsPerTask nor sooner than so many events for each task: a snapshot costs as much
    ///   as there are tasks
    public record Pace(int eventsMin, int eventsPerTask) {
        public static final Pace DEFAULT = new Pace(10_000, 4);

        public Pace {
            if (eventsMin < 1 || eventsPerTask < 0) {
                throw new IllegalArgumentException("snapshots need events between them");
            }
        }

        long due(int tasks) {
            return Math.max(eventsMin, (long) eventsPerTask * tasks);
        }
    }

    private final RunStore store;
    private final Optional<NewRun> fresh;
    private final RunHistory history;
    private final Pace pace;
    private Optional<Claim> claim;
    private Ledger ledger = new Ledger();
    private Optional<RunEvent.RunSubmitted> submitted = Optional.empty();
    private RunState state = RunEngine.start();
    private long events;
    private long snapshot;

    private StoredJournal(
            RunStore store,
            RunHistory history,
            Pace pace,
            Optional<NewRun> fresh,
            Optional<Claim> claim) {
        this.store = store;
        this.pace = pace;
        this.history = history;
        this.fresh = fresh;
        this.claim = claim;
    }

    /// Of a run that its first step submits, with the contents that its events speak of.
    public static StoredJournal submitting(RunStore store, NewRun run) {
        return submitting(store, run, Pace.DEFAULT);
    }

    /// As above, with snapshots at another pace.
    public static StoredJournal submitting(RunStore store, NewRun run, Pace pace) {
        return new StoredJournal(
                store, new RunHistory(store, run.id()), pace, Optional.of(run), Optional.empty());
    }

    /// Of a run that was taken over.
    public static StoredJournal resuming(RunStore store, Claim claim) {
        return resuming(store, claim, Pace.DEFAULT);
    }

    /// As above, with snapshots at another pace.
    public static StoredJournal resuming(RunStore store, Claim claim, Pace pace) {
        return new StoredJournal(
                store,
                new RunHistory(store, claim.run()),
                pace,
                Optional.empty(),
                Optional.of(claim));
    }

    /// The claim under which it writes.
    ///
    /// @throws IllegalStateException before a new run's first step
    public Claim claim() {
        return claim.orElseThrow(() -> new IllegalStateException("not submitted yet"));
    }

    @Override
    public RunState restore() {
        if (claim.isEmpty()) {
            return state;
        }
        var there = history.restored();
        submitted = there.submitted();
        state = there.state();
        events = there.events();
        snapshot = there.snapshot();
        ledger = ledger();
        return state;
    }

    private Ledger ledger() {
        return submitted.map(first -> Ledger.of(first, state)).orElseGet(Ledger::new);
    }

    @Override
    public void append(List<RunEvent> step, RunState after) {
        keepSnapshotWhenDue();
        try {
            keep(step, after);
        } catch (RuntimeException e) {
            ledger = ledger();
            throw e;
        }
        if (step.getFirst() instanceof RunEvent.RunSubmitted first) {
            submitted = Optional.of(first);
        }
        state = after;
        events += step.size();
    }

    private void keep(List<RunEvent> step, RunState after) {
        var submissions = history.submissions();
        var run = fresh.map(NewRun::id).orElseGet(() -> claim().run());
        var body = ChapterFormat.write(run, step, submissions);
        var entry = ledger.enter(step);
        var chapter = ledger.chapter(events + 1, step, after, entry, body);
        if (claim.isPresent()) {
            store.append(claim.get(), chapter);
            return;
        }
        var added = with(fresh.orElseThrow(), submissions.written());
        claim = Optional.of(store.submit(added, chapter));
        submissions.kept();
    }

    private static NewRun with(NewRun run, List<Content> more) {
        var contents = new ArrayList<>(run.contents());
        contents.addAll(more);
        return run.with(contents);
    }

    private void keepSnapshotWhenDue() {
        if (events - snapshot >= pace.due(ledger.tasks())) {
            keepSnapshot();
        }
    }

    void keepSnapshot() {
        var first = submitted.orElseThrow(() -> new IllegalStateException("not submitted yet"));
        var body =
                new SnapshotFormat().write(first, RunEngine.snapshot(state), history.submissions());
        store.snapshot(claim(), new RunStore.Snapshot(events, body));
        snapshot = events;
    }
}
