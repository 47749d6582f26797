package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

/// `watcher remove`: something is watched no longer.
final class WatcherRemove implements Command {
    @Override
    public Spec spec() {
        var spec =
                EventsFamily.child("remove", "Watches something no longer: all of these, or none.");
        spec.addPositional(
                Specs.positionals(
                        "NAME", 1, Spec.Positionals.MANY, "The watcher's name, as lists show it."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var removed = given.positionals().stream().distinct().toList();
        try (var events = EventsFamily.open(given)) {
            var findings = new Findings();
            events.store()
                    .watchers()
                    .remove(events.space(), removed)
                    .forEach(name -> findings.add(EventProblems.noWatcher(name)));
            findings.tell();
        }
        if (format == Format.TEXT) {
            given.caller().print("removed " + String.join(", ", removed));
        } else {
            given.caller().out().print(new Document().with("removed", removed).as(format));
        }
        return Exit.OK;
    }
}
