package dev.sloth.cli;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/// `state get`: shows one value.
final class StateGet implements Command {
    private static final String AT = "--at";

    private final InstantSource time;

    StateGet(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                StateFamily.child(
                        "get",
                        "Shows the value of a key: text as it is, anything else as JSON.",
                        "",
                        "When there is none, the exit code is 1. For example: `sloth-runner state"
                                + " get release/web --at 10m`.");
        spec.addPositional(Specs.positionals("KEY", 1, 1, "The key."));
        spec.addOption(
                Specs.text(
                        "TIME",
                        "The value that was there 10m ago, or at a time such as"
                                + " 2026-01-02T03:04:05, as far back as state.history reaches.",
                        AT));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var key = given.positionals().getFirst();
        var at =
                given.has(AT)
                        ? Optional.of(
                                Since.parse(
                                        AT,
                                        given.text(AT, ""),
                                        time.instant(),
                                        ZoneId.systemDefault()))
                        : Optional.<Instant>empty();
        Answer answer;
        try (var state = StateFamily.open(given)) {
            answer = state.ask(new StateCommand.Get(key, at));
        }
        if (!answer.done()) {
            throw StateProblems.absent(
                    at.isEmpty()
                            ? "there is no value under '" + key + "'"
                            : "there was no value under '%s' then".formatted(key),
                    "`sloth-runner state list` shows the keys that there are");
        }
        tell(given, format, key, answer.value());
        return Exit.OK;
    }

    private static void tell(Given given, Format format, String key, Value value) {
        if (format == Format.TEXT) {
            StateText.print(given.caller(), value);
            return;
        }
        var document =
                new Document()
                        .with("key", key)
                        .with("type", value.type())
                        .with("value", ExactValue.written(value));
        given.caller().out().print(document.as(format));
    }
}
