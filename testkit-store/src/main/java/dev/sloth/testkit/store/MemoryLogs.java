package dev.sloth.testkit.store;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Output in memory.
final class MemoryLogs implements LogStore {
    private final Tables tables;

    MemoryLogs(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void append(Claim claim, List<Chunk> chunks) {
        tables.write(edit -> {
            tables.claimed(claim);
            chunks.forEach(chunk -> append(edit, claim, chunk));
            return true;
        });
    }

    private void append(Edit edit, Claim claim, Chunk chunk) {
        var run = tables.claimed(claim, chunk.id());
        var chunks = run.logs.getOrDefault(chunk.id(), List.of());
        if (chunk.number() != chunks.size()) {
            throw new StoreFailure(
                    Reason.CONFLICT,
                    "chunk %d is not the next one of attempt %s"
                            .formatted(chunk.number(), chunk.id()));
        }
        var longer = new ArrayList<>(chunks);
        longer.add(chunk);
        edit.put("add chunk", run.logs, chunk.id(), longer);
    }

    @Override
    public List<Chunk> read(AttemptId id, int from, int limit) {
        return tables.read(
                "read chunks",
                _ ->
                        tables.find(id.run()).stream()
                                .flatMap(run -> run.logs.getOrDefault(id, List.of()).stream())
                                .skip(from)
                                .limit(limit)
                                .toList());
    }

    @Override
    public List<Extent> extents(RunId run) {
        return tables.read(
                "list logs",
                _ ->
                        tables.find(run).stream()
                                .flatMap(found -> found.logs.values().stream())
                                .map(MemoryLogs::extent)
                                .sorted(Comparator.comparing(Extent::firstAt))
                                .toList());
    }

    private static Extent extent(List<Chunk> chunks) {
        var first = chunks.getFirst();
        return new Extent(
                first.id(),
                chunks.size(),
                chunks.stream().mapToLong(Chunk::lines).sum(),
                chunks.stream().mapToLong(Chunk::size).sum(),
                first.firstAt());
    }

    @Override
    public long bytes(RunId run) {
        return tables.read(
                "size of logs",
                _ ->
                        tables.find(run).stream()
                                .flatMap(found -> found.logs.values().stream())
                                .flatMap(List::stream)
                                .mapToLong(chunk -> chunk.zstd().length)
                                .sum());
    }

    @Override
    public void delete(RunId run) {
        tables.write(edit -> {
            for (var found : tables.find(run).stream().toList()) {
                for (var id : List.copyOf(found.logs.keySet())) {
                    edit.remove("delete logs", found.logs, id);
                }
            }
            return true;
        });
    }
}
