package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

/// `hook remove`: a hook goes, with all that it was owed.
final class HookRemove implements Command {
    @Override
    public Spec spec() {
        return HookFamily.onHook(
                "remove",
                "Removes a hook, with its history and all that it was owed; its file stays.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        try (var events = EventsFamily.open(given)) {
            if (!events.hooks().remove(name)) {
                throw EventProblems.noHook(name);
            }
        }
        if (format == Format.TEXT) {
            given.caller().print("removed " + name);
        } else {
            given.caller().out().print(new Document().with("removed", name).as(format));
        }
        return Exit.OK;
    }
}
