package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Runs and their journals.
public interface RunStore {
    /// Keeps a new run, the texts it was made of and its first chapter, in one go.
    ///
    /// @return the first claim to it, with epoch 1
    /// @throws StoreFailure `TAKEN` when the id is taken; `BROKEN` when the content of a file is
    ///   neither handed over nor known; `FENCED` when the fire that causes it is not ours to start
    Claim submit(NewRun run, Chapter first);

    /// Asks for a run that nobody drives: one that was released, whose owner is `gone` for sure, or
    /// whose lease has run out while its owner is not known to be `alive`.
    ///
    /// @param ttl how long the lease lasts from `now`
    /// @param fate what is known of the owner so far
    Claiming claim(RunId run, Owner by, Instant now, Duration ttl, Fate fate);

    /// Judges an owner: a port, since it looks at processes.
    @FunctionalInterface
    interface Fate {
        enum Verdict {
            ALIVE,
            GONE,
            UNKNOWN
        }

        Verdict of(Owner owner);
    }

    /// Extends the lease.
    void renew(Claim claim, Instant until);

    /// Gives the run back, so that anybody may take it at once.
    void release(Claim claim);

    /// Appends to the journal.
    ///
    /// @throws StoreFailure `CONFLICT` when `chapter.first()` is not the next event, or when an
    ///   attempt that begins with it has begun before
    void append(Claim claim, Chapter chapter);

    /// The part of the journal from event number `from` on, in order: whole pages, of which the
    /// first may begin before `from`; empty at the end.
    List<Page> journal(RunId run, long from, int pagesMax);

    /// Events as they were appended.
    record Page(long first, int events, byte[] body) {}

    /// Keeps a state from which to go on instead of from the first event; replaces older ones.
    void snapshot(Claim claim, Snapshot snapshot);

    /// @param events how many events led to it
    record Snapshot(long events, byte[] body) {}

    Optional<Snapshot> snapshot(RunId run);

    /// How many bytes the run's journal and snapshot take; 0 when there is no such run.
    long bytes(RunId run);

    /// More files that the run turned out to be made of; those that are known stay as they are.
    void addFiles(Claim claim, List<RunFile> files, List<Content> contents);

    Optional<RunRow> find(RunId run);

    /// Who asked for a run, as it was submitted; empty when nobody looked who that was, nobody did,
    /// or there is no such run.
    String askedBy(RunId run);

    List<RunRow> list(RunQuery query);

    /// @throws StoreFailure `DAMAGED` when it is not what its name says
    Optional<Content> content(String sha256);

    /// Removes a run that has ended, with its rows in all aggregates, and contents that no other
    /// run needs. False when there is no such run, or when it has not ended. Output that cannot be
    /// removed now goes with the next [ArtifactStore#sweep].
    boolean delete(RunId run);
}
