package dev.sloth.cli;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

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
        spec.addOption(
                Specs.text(
                        "N",
                        "Deletes them only while the lock that was taken with this token is held.",
                        StateFamily.TOKEN));
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
        var act = StateFamily.fenced(given, act(given));
        long deleted;
        try (var state = StateFamily.open(given)) {
            deleted = state.ask(act).value() instanceof Value.Num(double count) ? (long) count : 0;
        }
        if (format == Format.TEXT) {
            given.caller().print("deleted " + deleted);
        } else {
            given.caller().out().print(new Document().with("deleted", deleted).as(format));
        }
        return Exit.OK;
    }

    private static StateCommand.Act act(Given given) {
        return given.has(PATTERN)
                ? new StateCommand.Clear(given.text(PATTERN, ""))
                : new StateCommand.DeleteMany(given.positionals());
    }
}
