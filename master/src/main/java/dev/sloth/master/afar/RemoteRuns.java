package dev.sloth.master.afar;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Runs and their journals, read only.
final class RemoteRuns implements RunStore {
    private final RunsFromAfar master;
    private final Drivers drivers;

    RemoteRuns(RunsFromAfar master, Drivers drivers) {
        this.master = master;
        this.drivers = drivers;
    }

    @Override
    public Optional<RunRow> find(RunId run) {
        return master.find(run).map(drivers::row);
    }

    @Override
    public List<RunRow> list(RunQuery query) {
        return master.list(query).stream().map(drivers::row).toList();
    }

    @Override
    public List<Page> journal(RunId run, long from, int pagesMax) {
        return master.journal(run, from, Math.min(RunLimits.PAGE_MAX, pagesMax));
    }

    @Override
    public Optional<Snapshot> snapshot(RunId run) {
        return master.snapshot(run);
    }

    @Override
    public Optional<Content> content(String sha256) {
        return master.content(sha256);
    }

    // ---- what is the business of the master alone

    @Override
    public Claim submit(NewRun run, Chapter first) {
        throw RunProblems.notFromAfar("to write the journal of a run");
    }

    @Override
    public Claiming claim(RunId run, Owner by, Instant now, Duration ttl, Fate fate) {
        throw RunProblems.notFromAfar("to drive a run");
    }

    @Override
    public void renew(Claim claim, Instant until) {
        throw RunProblems.notFromAfar("to drive a run");
    }

    @Override
    public void release(Claim claim) {
        throw RunProblems.notFromAfar("to drive a run");
    }

    @Override
    public void append(Claim claim, Chapter chapter) {
        throw RunProblems.notFromAfar("to write the journal of a run");
    }

    @Override
    public void snapshot(Claim claim, Snapshot snapshot) {
        throw RunProblems.notFromAfar("to write the journal of a run");
    }

    @Override
    public void addFiles(Claim claim, List<RunFile> files, List<Content> contents) {
        throw RunProblems.notFromAfar("to write the journal of a run");
    }

    @Override
    public long bytes(RunId run) {
        throw RunProblems.notFromAfar("to see how much room a run takes");
    }

    @Override
    public String askedBy(RunId run) {
        throw RunProblems.notFromAfar("to see who asked for a run");
    }

    @Override
    public boolean delete(RunId run) {
        throw RunProblems.notFromAfar("to delete a run");
    }
}
