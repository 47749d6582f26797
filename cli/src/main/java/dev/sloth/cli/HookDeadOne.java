package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.hook.Hooks;
import java.util.ArrayList;

/// `hook retry` and `hook drop`: what becomes of dead deliveries.
final class HookDeadOne implements Command {
    private final String word;
    private final boolean again;

    HookDeadOne(String word) {
        this.word = word;
        this.again = word.equals("retry");
    }

    @Override
    public Spec spec() {
        var spec =
                EventsFamily.child(
                        word,
                        again
                                ? "Tries dead deliveries anew, as often as new ones."
                                : "Gives dead deliveries up.");
        spec.addPositional(
                Specs.positionals(
                        "DELIVERY", 1, Spec.Positionals.MANY, "Its number, as lists show it."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var done = new ArrayList<String>();
        try (var events = EventsFamily.open(given)) {
            var hooks = events.hooks();
            for (var number : given.positionals()) {
                if (!number.matches("[0-9]{1,18}") || !act(hooks, Long.parseLong(number))) {
                    throw EventProblems.noDelivery(number);
                }
                done.add(number);
            }
        }
        if (format == Format.TEXT) {
            var what = again ? "to be tried anew: " : "dropped: ";
            given.caller().print(what + String.join(", ", done));
        } else {
            given.caller().out().print(new Document().with(word, done).as(format));
        }
        return Exit.OK;
    }

    private boolean act(Hooks hooks, long number) {
        return again ? hooks.retry(number) : hooks.drop(number);
    }
}
