package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.cli.view.Took;
import dev.sloth.core.event.WatcherFormat;
import dev.sloth.core.store.event.WatcherRow;

/// `watcher list`: what is watched.
final class WatcherList implements Command {
    @Override
    public Spec spec() {
        return EventsFamily.child("list", "Lists what is watched, and who asked for it.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var caller = given.caller();
        try (var events = EventsFamily.open(given)) {
            var rows = events.store().watchers().list(events.space());
            if (format != Format.TEXT) {
                var all = rows.stream().map(WatcherList::document).toList();
                caller.out().print(new Document().with("watchers", all).as(format));
                return Exit.OK;
            }
            if (rows.isEmpty()) {
                caller.print("nothing is watched");
                return Exit.OK;
            }
            var table = new TextTable("WATCHER", "KIND", "TARGET", "WHEN", "EVERY", "ASKED BY");
            for (var row : rows) {
                var watcher = WatcherFormat.watcher(row);
                table.row(
                        row.name(),
                        watcher.kind().word(),
                        watcher.target(),
                        String.join(" ", watcher.when()),
                        Took.text(watcher.interval()),
                        row.by());
            }
            caller.print(table.lines(ScreenWidth.ofTable(caller)));
        }
        return Exit.OK;
    }

    private static Document document(WatcherRow row) {
        var watcher = WatcherFormat.watcher(row);
        return new Document()
                .with("name", row.name())
                .with("kind", watcher.kind().word())
                .with("target", watcher.target())
                .with("when", watcher.when())
                .with("interval_seconds", watcher.interval().toMillis() / 1e3)
                .with("options", watcher.options())
                .with("asked_by", row.by())
                .with("added_at", row.addedAt());
    }
}
