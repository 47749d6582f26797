package dev.sloth.testkit.store;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore.Page;
import dev.sloth.core.store.RunStore.Snapshot;
import dev.sloth.core.store.ScheduleRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// What stays when a [MemoryStore] is stopped. Several stores may share one, as processes share a
/// disk.
public final class MemoryDisk {
    final ReentrantLock lock = new ReentrantLock();
    final Map<RunId, Run> runs = new HashMap<>();

    /// Runs in the order in which they were submitted.
    final TreeMap<Long, Run> order = new TreeMap<>();

    final Map<String, Content> contents = new HashMap<>();
    final Map<String, byte[]> files = new HashMap<>();
    final MemoryState.Shared shared = new MemoryState.Shared();
    final MemoryPages.Kept journals = new MemoryPages.Kept();
    final MemoryEvents.Told told = new MemoryEvents.Told();
    final TreeMap<String, ScheduleRow> schedules = new TreeMap<>();
    final TreeMap<Long, FireRow> fires = new TreeMap<>();
    final MemorySecrets.Kept secrets = new MemorySecrets.Kept();
    final MemoryCluster.Kept cluster = new MemoryCluster.Kept();
    long lastNumber;

    long nextNumber() {
        return ++lastNumber;
    }

    /// A run with all that hangs on it; changed by [Edit] only.
    static final class Run {
        final long number;
        final NewRun submitted;
        final List<Page> pages = new ArrayList<>();
        final List<RunFile> files = new ArrayList<>();
        final Set<String> needed = new HashSet<>();
        final Map<AttemptId, AttemptRow> attempts = new LinkedHashMap<>();
        final Map<String, Chapter.Timer> timers = new TreeMap<>();
        final TreeMap<Long, Request> requests = new TreeMap<>();
        final TreeMap<Long, Artifact> artifacts = new TreeMap<>();
        final Map<AttemptId, List<Chunk>> logs = new LinkedHashMap<>();
        Standing standing;
        Optional<Snapshot> snapshot = Optional.empty();

        Run(long number, NewRun submitted, Standing standing) {
            this.number = number;
            this.submitted = submitted;
            this.standing = standing;
        }

        RunId id() {
            return submitted.id();
        }

        boolean ended() {
            return standing.progress().ended();
        }

        RunRow row() {
            return new RunRow(
                    id(),
                    submitted.workflow(),
                    submitted.script(),
                    submitted.submittedAt(),
                    submitted.labels(),
                    files,
                    standing.progress(),
                    standing.events(),
                    standing.owner(),
                    standing.leaseUntil(),
                    standing.epoch());
        }
    }

    /// What changes of a run's row.
    record Standing(Progress progress, long events, String owner, Instant leaseUntil, long epoch) {
        Standing advanced(Progress next, long nextEvents) {
            return new Standing(next, nextEvents, owner, leaseUntil, epoch);
        }

        Standing renewed(Instant until) {
            return new Standing(progress, events, owner, until, epoch);
        }

        Standing released() {
            return new Standing(progress, events, "", leaseUntil, epoch);
        }

        Standing taken(String by, Instant until) {
            return new Standing(progress, events, by, until, epoch + 1);
        }
    }
}
