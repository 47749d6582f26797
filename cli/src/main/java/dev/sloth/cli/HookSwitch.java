package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

/// `hook enable` and `hook disable`.
final class HookSwitch implements Command {
    private final String word;
    private final boolean on;

    HookSwitch(String word, boolean on) {
        this.word = word;
        this.on = on;
    }

    @Override
    public Spec spec() {
        return HookFamily.onHook(
                word,
                on
                        ? "Switches a hook on: it is told of what happens from now on, and of what it"
                                + " was owed before."
                        : "Switches a hook off: it is told of nothing, and what happens meanwhile"
                                + " passes it by.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        try (var events = EventsFamily.open(given)) {
            if (!events.hooks().enable(name, on)) {
                throw EventProblems.noHook(name);
            }
        }
        if (format == Format.TEXT) {
            given.caller().print("%s is switched %s".formatted(name, on ? "on" : "off"));
        } else {
            var document = new Document().with("name", name).with("enabled", on);
            given.caller().out().print(document.as(format));
        }
        return Exit.OK;
    }
}
