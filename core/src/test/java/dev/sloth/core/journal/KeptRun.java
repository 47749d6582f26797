package dev.sloth.core.journal;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The part of a store that a journal asks for, with one run in it.
final class KeptRun implements RunStore {
    final List<Chapter> chapters = new ArrayList<>();
    final Map<String, Chapter.Timer> timers = new TreeMap<>();
    final Map<String, Content> contents = new HashMap<>();
    final List<Snapshot> snapshots = new ArrayList<>();
    private long next = 1;
    private long epoch;

    /// Whether the disk is full: nothing is kept then.
    boolean full;

    /// Of the run that was submitted.
    NewRun.Cause cause = NewRun.Cause.Asked.UNSEEN;

    @Override
    public Claim submit(NewRun run, Chapter first) {
        check();
        cause = run.cause();
        run.contents().forEach(content -> contents.put(content.sha256(), content));
        epoch = 1;
        var claim = new Claim(run.id(), epoch);
        append(claim, first);
        return claim;
    }

    private void check() {
        if (full) {
            throw new StoreFailure(StoreFailure.Reason.FULL, "no space left");
        }
    }

    /// Somebody else drives the run now.
    Claim takeOver(RunId run) {
        return new Claim(run, ++epoch);
    }

    @Override
    public void append(Claim claim, Chapter chapter) {
        check();
        fence(claim);
        if (chapter.first() != next) {
            throw new StoreFailure(StoreFailure.Reason.CONFLICT, "expected " + next);
        }
        chapters.add(chapter);
        next += chapter.events();
        chapter.rung().forEach(timers::remove);
        chapter.timers().forEach(timer -> timers.put(timer.name(), timer));
    }

    private void fence(Claim claim) {
        if (claim.epoch() != epoch) {
            throw new StoreFailure(StoreFailure.Reason.FENCED, "another drives it");
        }
    }

    @Override
    public List<Page> journal(RunId run, long from, int pagesMax) {
        return chapters.subList(firstFrom(from), chapters.size()).stream()
                .limit(pagesMax)
                .map(c -> new Page(c.first(), c.events(), c.body()))
                .toList();
    }

    /// The place of the first chapter that ends at or after an event.
    private int firstFrom(long event) {
        int low = 0;
        int high = chapters.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            var chapter = chapters.get(middle);
            if (chapter.first() + chapter.events() > event) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public void snapshot(Claim claim, Snapshot snapshot) {
        check();
        fence(claim);
        snapshots.add(snapshot);
    }

    @Override
    public Optional<Snapshot> snapshot(RunId run) {
        return snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.getLast());
    }

    @Override
    public long bytes(RunId run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Content> content(String sha256) {
        return Optional.ofNullable(contents.get(sha256));
    }

    // ---- what journals never ask for

    @Override
    public Claiming claim(RunId run, Owner by, Instant now, Duration ttl, Fate fate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void renew(Claim claim, Instant until) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release(Claim claim) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addFiles(Claim claim, List<RunFile> files, List<Content> more) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RunRow> find(RunId run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String askedBy(RunId run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunRow> list(RunQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(RunId run) {
        throw new UnsupportedOperationException();
    }
}
