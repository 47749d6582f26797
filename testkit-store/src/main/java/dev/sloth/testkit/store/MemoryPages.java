package dev.sloth.testkit.store;

import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.PageStore;
import dev.sloth.core.store.RunStore;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;

/// The pages of all journals in memory.
final class MemoryPages implements PageStore {
    private final Tables tables;

    MemoryPages(Tables tables) {
        this.tables = tables;
    }

    /// What is on the disk; changed by [Edit] only.
    static final class Kept {
        final TreeMap<Long, KeptPage> pages = new TreeMap<>();
        final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
        long last;
    }

    /// Keeps a page under the next number.
    static void add(Edit edit, Kept kept, MemoryDisk.Run run, RunStore.Page page) {
        long number = kept.last + 1;
        edit.<Long>set("number page", () -> kept.last, n -> kept.last = n, number);
        edit.put(
                "keep page",
                kept.pages,
                number,
                new KeptPage(
                        number,
                        run.id(),
                        run.submitted.workflow(),
                        run.submitted.labels().getOrDefault(NewRun.BECAUSE, ""),
                        page));
    }

    /// The run is gone.
    static void remove(Edit edit, Kept kept, MemoryDisk.Run run) {
        for (var page : List.copyOf(kept.pages.values())) {
            if (page.run().equals(run.id())) {
                edit.remove("delete page", kept.pages, page.number());
            }
        }
    }

    @Override
    public List<KeptPage> behind(long number, int limit) {
        return tables.read(
                "read journals behind",
                disk -> first(disk.journals.pages.tailMap(number, false), limit));
    }

    @Override
    public List<KeptPage> before(long number, int limit) {
        return tables.read(
                "read journals before",
                disk -> first(disk.journals.pages.headMap(number, false).descendingMap(), limit));
    }

    private static List<KeptPage> first(NavigableMap<Long, KeptPage> pages, int limit) {
        return pages.values().stream().limit(limit).toList();
    }

    @Override
    public long last() {
        return tables.read("find last page", disk -> disk.journals.last);
    }

    @Override
    public Listening listen(Runnable told) {
        Runnable listener = () -> told.run();
        tables.disk().journals.listeners.add(listener);
        return () -> tables.disk().journals.listeners.remove(listener);
    }
}
