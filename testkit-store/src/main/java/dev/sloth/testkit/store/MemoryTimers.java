package dev.sloth.testkit.store;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.TimerStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Timers in memory.
final class MemoryTimers implements TimerStore {
    private final Tables tables;

    MemoryTimers(Tables tables) {
        this.tables = tables;
    }

    @Override
    public List<Chapter.Timer> of(RunId run) {
        return tables.read(
                "list timers", _ -> tables.find(run).map(this::sorted).orElse(List.of()));
    }

    private List<Chapter.Timer> sorted(MemoryDisk.Run run) {
        return run.timers.values().stream()
                .sorted(Comparator.comparing(Chapter.Timer::due).thenComparing(Chapter.Timer::name))
                .toList();
    }

    private record Due(RunId run, long number, Instant at) {}

    @Override
    public List<RunId> due(Instant now, int limit) {
        return tables.read(
                "due timers",
                disk ->
                        disk.order.values().stream()
                                .filter(run -> !run.timers.isEmpty())
                                .map(run ->
                                        new Due(run.id(), run.number, sorted(run).getFirst().due()))
                                .filter(due -> !due.at().isAfter(now))
                                .sorted(
                                        Comparator.comparing(Due::at)
                                                .thenComparingLong(Due::number))
                                .limit(limit)
                                .map(Due::run)
                                .toList());
    }
}
