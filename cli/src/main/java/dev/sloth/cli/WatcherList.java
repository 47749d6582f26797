package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.cli.view.Took;
import dev.sloth.cli.view.Visible;
import dev.sloth.core.event.WatcherFormat;
import dev.sloth.core.store.event.WatcherRow;
import dev.sloth.wire.WatcherSight;
import java.util.List;

/// `watcher list`: what is watched.
final class WatcherList implements Command {
    @Override
    public Spec spec() {
        var spec =
                EventsFamily.child(
                        "list",
                        "Lists what is watched, and who asked for it.",
                        "",
                        "With --agent, what that agent of a master watches on its own machine.");
        OfAgent.add(spec);
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var caller = given.caller();
        var all = OfAgent.chosen(given) ? OfAgent.watchers(given) : here(given);
        if (format != Format.TEXT) {
            var documents = all.stream().map(WatcherList::document).toList();
            caller.out().print(new Document().with("watchers", documents).as(format));
            return Exit.OK;
        }
        if (all.isEmpty()) {
            caller.print("nothing is watched");
            return Exit.OK;
        }
        var table = new TextTable("WATCHER", "KIND", "TARGET", "WHEN", "EVERY", "ASKED BY");
        for (var watcher : all) {
            table.row(
                    Visible.of(watcher.name()),
                    Visible.of(watcher.kind()),
                    Visible.of(watcher.target()),
                    Visible.of(String.join(" ", watcher.when())),
                    Took.text(watcher.interval()),
                    Visible.of(watcher.by()));
        }
        caller.print(table.lines(ScreenWidth.ofTable(caller)));
        return Exit.OK;
    }

    private static List<WatcherSight> here(Given given) {
        try (var events = EventsFamily.open(given)) {
            return events.store().watchers().list(events.space()).stream()
                    .map(WatcherList::sight)
                    .toList();
        }
    }

    private static WatcherSight sight(WatcherRow row) {
        var watcher = WatcherFormat.watcher(row);
        return new WatcherSight(
                row.name(),
                watcher.kind().word(),
                watcher.target(),
                watcher.when(),
                watcher.interval(),
                watcher.options(),
                row.by(),
                row.addedAt());
    }

    private static Document document(WatcherSight watcher) {
        return new Document()
                .with("name", watcher.name())
                .with("kind", watcher.kind())
                .with("target", watcher.target())
                .with("when", watcher.when())
                .with("interval_seconds", watcher.interval().toMillis() / 1e3)
                .with("options", watcher.options())
                .with("asked_by", watcher.by())
                .with("added_at", watcher.addedAt());
    }
}
