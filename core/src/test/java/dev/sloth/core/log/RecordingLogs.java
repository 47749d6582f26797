package dev.sloth.core.log;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.StoreFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Keeps chunks in memory as a store does, holds the promise about numbers and epochs, and can be
/// told to fail or to take its time.
final class RecordingLogs implements LogStore {
    static final RunId RUN = new RunId("20260102-030405-0000abcd");
    static final Claim CLAIM = new Claim(RUN, 3);

    private final Map<AttemptId, List<Chunk>> chunks = new LinkedHashMap<>();
    private final Semaphore permits = new Semaphore(Integer.MAX_VALUE);
    private long epoch = CLAIM.epoch();
    private int failAfter = Integer.MAX_VALUE;
    private int appended;

    static AttemptId attempt(String task, int number) {
        return new AttemptId(RUN, new TaskName(task), number);
    }

    /// From now on it waits for [#allow] before each time it is written to.
    void stall() {
        permits.drainPermits();
    }

    void allow(int more) {
        permits.release(more);
    }

    synchronized void fence() {
        epoch++;
    }

    /// The disk is full after so many more chunks.
    synchronized void failAfter(int more) {
        failAfter = appended + more;
    }

    synchronized int appended() {
        return appended;
    }

    synchronized List<Chunk> all(AttemptId id) {
        return List.copyOf(chunks.getOrDefault(id, List.of()));
    }

    synchronized void replace(AttemptId id, int number, Chunk chunk) {
        chunks.getOrDefault(id, new ArrayList<>()).set(number, chunk);
    }

    synchronized void lose(AttemptId id, int number) {
        chunks.getOrDefault(id, new ArrayList<>()).remove(number);
    }

    @Override
    public void append(Claim claim, List<Chunk> added) {
        permits.acquireUninterruptibly();
        synchronized (this) {
            if (claim.epoch() != epoch) {
                throw new StoreFailure(StoreFailure.Reason.FENCED, "somebody else drives it");
            }
            if (appended + added.size() > failAfter) {
                throw new StoreFailure(StoreFailure.Reason.FULL, "the disk is full");
            }
            var all = new LinkedHashMap<AttemptId, List<Chunk>>();
            for (var chunk : added) {
                var own =
                        all.computeIfAbsent(
                                chunk.id(),
                                id -> new ArrayList<>(chunks.getOrDefault(id, List.of())));
                if (chunk.number() != own.size()) {
                    throw new StoreFailure(StoreFailure.Reason.CONFLICT, "not the next number");
                }
                own.add(chunk);
            }
            chunks.putAll(all);
            appended += added.size();
        }
    }

    @Override
    public synchronized List<Chunk> read(AttemptId id, int from, int limit) {
        return chunks.getOrDefault(id, List.of()).stream()
                .filter(chunk -> chunk.number() >= from)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Extent> extents(RunId run) {
        return chunks.entrySet().stream()
                .filter(e -> e.getKey().run().equals(run) && !e.getValue().isEmpty())
                .map(e -> extent(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(Extent::firstAt))
                .toList();
    }

    private static Extent extent(AttemptId id, List<Chunk> own) {
        var last = own.getLast();
        return new Extent(
                id,
                last.number() + 1,
                last.firstLine() + last.lines(),
                last.offset() + last.size(),
                own.getFirst().firstAt());
    }

    @Override
    public synchronized long bytes(RunId run) {
        return chunks.entrySet().stream()
                .filter(e -> e.getKey().run().equals(run))
                .flatMap(e -> e.getValue().stream())
                .mapToLong(chunk -> chunk.zstd().length)
                .sum();
    }

    @Override
    public synchronized void delete(RunId run) {
        chunks.keySet().removeIf(id -> id.run().equals(run));
    }
}
