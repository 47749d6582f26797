package dev.sloth.cli;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Amounts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `state`: looks at the state that scripts share, and changes it.
final class StateFamily implements Command {
    static final String NAMESPACE = "--namespace";
    static final String TTL = "--ttl";
    static final String TOKEN = "--token";

    /// Of keys, or of names of locks.
    static final String PATTERN =
            "Only those that match: `*` is any text, `?` any character, `[a-z]` one of some; all"
                    + " unless given.";

    @Override
    public Spec spec() {
        return Specs.command(
                "state",
                "Looks at the state that scripts share, and changes it.",
                "",
                "Values and locks are in namespaces; the setting state.namespace says which one is"
                        + " meant unless --namespace does.",
                "",
                "For example: `sloth-runner state set release/web 1.4.2 --ttl 1h`, then"
                        + " `sloth-runner state get release/web`.");
    }

    @Override
    public int run(Given given) {
        throw wrong("say what to do", "try `state list`");
    }

    @Override
    public List<Command> children() {
        var time = InstantSource.system();
        return List.of(
                new StateGet(time),
                new StateSet(),
                new StateDelete(),
                new StateList(),
                new StateWatch(),
                new StateLocks(),
                new StateUnlock(),
                new StateExport(time),
                new StateImport(),
                new StateStats());
    }

    // ---- what the commands below have in common

    static Spec child(String name, String... description) {
        var spec = Specs.command(name, description);
        spec.addOption(
                Specs.text("NAME", "The namespace; that of the settings unless said.", NAMESPACE));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    /// To be closed.
    static OpenState open(Given given) {
        var shared = given.layers().config().shared();
        return new OpenState(
                given.caller().home(),
                shared.in(given.text(NAMESPACE, shared.namespace())),
                Causes.of(given.caller()));
    }

    static String pattern(Given given) {
        return given.positionals().isEmpty() ? "*" : given.positionals().getFirst();
    }

    static Optional<Duration> time(Given given, String option) {
        if (!given.has(option)) {
            return Optional.empty();
        }
        var word = given.text(option, "");
        try {
            return Optional.of(Amounts.time(word));
        } catch (IllegalArgumentException e) {
            throw wrong(
                    "%s cannot be '%s'".formatted(option, word), String.valueOf(e.getMessage()));
        }
    }

    static Optional<Long> token(Given given) {
        if (!given.has(TOKEN)) {
            return Optional.empty();
        }
        var word = given.text(TOKEN, "");
        if (!word.matches("[0-9]{1,18}")) {
            throw wrong(
                    "--token cannot be '" + word + "'",
                    "it must be the number that the lock was taken with");
        }
        return Optional.of(Long.valueOf(word));
    }

    /// What is done only while the lock of the token is held, if there is a token.
    static StateCommand.Act fenced(Given given, StateCommand.Act act) {
        return token(given)
                .<StateCommand.Act>map(token -> new StateCommand.Fenced(token, act))
                .orElse(act);
    }

    static Problems wrong(String message, String remedy) {
        return new Problems(new Problem("SLOTH-9001", message, Span.NOWHERE, remedy));
    }
}
