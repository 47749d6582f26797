package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.util.List;

/// `watcher remove`: something is watched no longer.
final class WatcherRemove implements Command {
    @Override
    public Spec spec() {
        var spec =
                EventsFamily.child("remove", "Watches something no longer: all of these, or none.");
        spec.addPositional(
                Specs.positionals(
                        "NAME", 1, Spec.Positionals.MANY, "The watcher's name, as lists show it."));
        OfAgent.add(spec);
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var removed = given.positionals().stream().distinct().toList();
        var missing = OfAgent.chosen(given) ? OfAgent.remove(given, removed) : here(given, removed);
        var findings = new Findings();
        missing.forEach(name -> findings.add(EventProblems.noWatcher(name, OfAgent.again(given))));
        findings.tell();
        if (format == Format.TEXT) {
            given.caller().print("removed " + String.join(", ", removed));
        } else {
            given.caller().out().print(new Document().with("removed", removed).as(format));
        }
        return Exit.OK;
    }

    private static List<String> here(Given given, List<String> names) {
        try (var events = EventsFamily.open(given)) {
            return events.store().watchers().remove(events.space(), names);
        }
    }
}
