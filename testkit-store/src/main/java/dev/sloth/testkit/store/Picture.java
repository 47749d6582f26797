package dev.sloth.testkit.store;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.Store;
import java.util.HexFormat;
import java.util.List;

/// All that a store shows, as text: to compare what it was with what it is.
final class Picture {
    private static final int ALL = 1_000;

    private Picture() {}

    static String of(Store store) {
        var out = new StringBuilder();
        for (var run : store.runs().list(RunQuery.ALL)) {
            out.append(run).append('\n');
            add(out, store, run.id());
            for (var file : run.files()) {
                out.append(store.runs().content(file.content())).append('\n');
            }
        }
        for (var schedule : store.schedules().list()) {
            out.append(schedule).append(store.schedules().fires(schedule.number(), ALL));
        }
        return out.append(ofState(store)).append(ReactionWrites.picture(store)).toString();
    }

    private static String ofState(Store store) {
        return store.state()
                .read(view -> {
                    var out = new StringBuilder();
                    for (var outline : view.outlines(Samples.SPACE, "", ALL)) {
                        var entry = view.entry(Samples.SPACE, outline.key()).orElseThrow();
                        out.append(entry.number()).append(entry.key()).append(hex(entry.value()));
                        for (var item : view.items(entry, new byte[0], ALL)) {
                            out.append(hex(item.place())).append(hex(item.value()));
                        }
                    }
                    for (var fact : view.changes(Samples.SPACE, 0, ALL)) {
                        out.append(fact.number()).append(fact.key()).append(hex(fact.now()));
                    }
                    return out.append(view.usage(Samples.SPACE))
                            .append(view.memory())
                            .append(view.locks(Samples.SPACE, "", ALL))
                            .append(view.waiters(Samples.SPACE, "lock"))
                            .toString();
                });
    }

    private static void add(StringBuilder out, Store store, RunId run) {
        for (var page : store.runs().journal(run, 1, ALL)) {
            out.append(page.first()).append('+').append(page.events()).append(hex(page.body()));
        }
        store.runs()
                .snapshot(run)
                .ifPresent(s -> out.append("snapshot ").append(s.events()).append(hex(s.body())));
        for (var rows :
                List.of(
                        store.attempts().of(run),
                        store.timers().of(run),
                        store.requests().of(run),
                        store.artifacts().of(run),
                        store.logs().extents(run))) {
            out.append(rows).append('\n');
        }
        for (var extent : store.logs().extents(run)) {
            for (var chunk : store.logs().read(extent.id(), 0, ALL)) {
                out.append(chunk.number()).append(hex(chunk.zstd())).append('\n');
            }
        }
    }

    private static String hex(byte[] bytes) {
        return " " + HexFormat.of().formatHex(bytes) + "\n";
    }
}
