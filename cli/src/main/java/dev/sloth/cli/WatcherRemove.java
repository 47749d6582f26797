package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.util.ArrayList;

/// `watcher remove`: something is watched no longer.
final class WatcherRemove implements Command {
    @Override
    public Spec spec() {
        var spec = EventsFamily.child("remove", "Watches something no longer.");
        spec.addPositional(
                Specs.positionals(
                        "NAME", 1, Spec.Positionals.MANY, "The watcher's name, as lists show it."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var removed = new ArrayList<String>();
        try (var events = EventsFamily.open(given)) {
            for (var name : given.positionals()) {
                if (!events.store().watchers().remove(events.space(), name)) {
                    throw EventProblems.noWatcher(name);
                }
                removed.add(name);
            }
        }
        if (format == Format.TEXT) {
            given.caller().print("removed " + String.join(", ", removed));
        } else {
            given.caller().out().print(new Document().with("removed", removed).as(format));
        }
        return Exit.OK;
    }
}
