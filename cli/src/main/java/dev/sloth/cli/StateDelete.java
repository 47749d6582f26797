package dev.sloth.cli;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.util.LinkedHashSet;

/// `state delete`: deletes values.
final class StateDelete implements Command {
    private static final String PATTERN = "--pattern";

    @Override
    public Spec spec() {
        var spec =
                StateFamily.child(
                        "delete",
                        "Deletes the values of keys, or of all keys that match a pattern.",
                        "",
                        "Says how many there were. For example: `sloth-runner state delete"
                                + " --pattern 'release/*'`.");
        spec.addPositional(Specs.positionals("KEY", 0, Spec.Positionals.MANY, "The keys."));
        spec.addOption(
                Specs.text(
                        "PATTERN",
                        "All keys that match: `*` is any text, `?` any character, `[a-z]` one of"
                                + " some.",
                        PATTERN));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        if (given.positionals().isEmpty() != given.has(PATTERN)) {
            throw StateFamily.wrong(
                    "say which keys: either by name, or by --pattern",
                    "`--pattern '*'` deletes all of the namespace");
        }
        long deleted;
        try (var state = StateFamily.open(given)) {
            deleted = given.has(PATTERN) ? clear(given, state) : delete(given, state);
        }
        if (format == Format.TEXT) {
            given.caller().print("deleted " + deleted);
        } else {
            given.caller().out().print(new Document().with("deleted", deleted).as(format));
        }
        return Exit.OK;
    }

    private static long clear(Given given, OpenState state) {
        var answer = state.ask(new StateCommand.Clear(given.text(PATTERN, "")));
        return answer.value() instanceof Value.Num(double count) ? (long) count : 0;
    }

    private static long delete(Given given, OpenState state) {
        return new LinkedHashSet<>(given.positionals())
                .stream().filter(key -> state.ask(new StateCommand.Delete(key)).done()).count();
    }
}
