package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;

/// `hook list`: the hooks that there are.
final class HookList implements Command {
    @Override
    public Spec spec() {
        return EventsFamily.child("list", "Lists the hooks, with what each is owed.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var caller = given.caller();
        try (var events = EventsFamily.open(given)) {
            var hooks = events.hooks();
            var all = hooks.list();
            if (format != Format.TEXT) {
                var documents =
                        all.stream()
                                .map(hook -> HookFamily.document(hook, hooks.counts(hook)))
                                .toList();
                caller.out().print(new Document().with("hooks", documents).as(format));
                return Exit.OK;
            }
            if (all.isEmpty()) {
                caller.print("no hooks");
                return Exit.OK;
            }
            var table = new TextTable("HOOK", "ON", "TYPES", "PENDING", "DONE", "DEAD", "FILE");
            for (var hook : all) {
                var counts = hooks.counts(hook);
                table.row(
                        hook.name(),
                        hook.enabled() ? "yes" : "no",
                        HookFamily.types(hook),
                        Integer.toString(counts.pending()),
                        Integer.toString(counts.done()),
                        Integer.toString(counts.dead()),
                        hook.file());
            }
            caller.print(table.lines(ScreenWidth.ofTable(caller)));
        }
        return Exit.OK;
    }
}
