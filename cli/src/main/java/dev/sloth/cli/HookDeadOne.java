package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.hook.Hooks;
import java.util.List;

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
                                ? "Tries dead deliveries anew, as often as new ones: all of these, or none."
                                : "Gives dead deliveries up: all of these, or none.");
        spec.addPositional(
                Specs.positionals(
                        "DELIVERY", 1, Spec.Positionals.MANY, "Its number, as lists show it."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var words = given.positionals().stream().distinct().toList();
        try (var events = EventsFamily.open(given)) {
            var none = act(events.hooks(), words.stream().map(HookDeadOne::number).toList());
            var findings = new Findings();
            words.stream()
                    .filter(word -> none.contains(number(word)))
                    .forEach(word -> findings.add(EventProblems.noDelivery(word)));
            findings.tell();
        }
        if (format == Format.TEXT) {
            var what = again ? "to be tried anew: " : "dropped: ";
            given.caller().print(what + String.join(", ", words));
        } else {
            given.caller().out().print(new Document().with(word, words).as(format));
        }
        return Exit.OK;
    }

    /// 0 is the number of none.
    private static long number(String word) {
        return word.matches("[0-9]{1,18}") ? Long.parseLong(word) : 0;
    }

    private List<Long> act(Hooks hooks, List<Long> numbers) {
        var once = numbers.stream().distinct().toList();
        return again ? hooks.retry(once) : hooks.drop(once);
    }
}
