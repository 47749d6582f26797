package dev.sloth.cli;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.time.Instant;
import java.util.Optional;

/// `state stats`: how much of a namespace is used.
final class StateStats implements Command {
    private static final double MILLIS = 1e3;
    private static final String MODIFIED = "last_modified";

    @Override
    public Spec spec() {
        return StateFamily.child(
                "stats",
                "Shows how much of a namespace is used, and how much may be.",
                "",
                "For example: `sloth-runner state stats --namespace web`.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        Value.Table stats;
        try (var state = StateFamily.open(given)) {
            stats = (Value.Table) state.ask(new StateCommand.Stats()).value();
        }
        if (format != Format.TEXT) {
            given.caller().out().print(document(stats).as(format));
            return Exit.OK;
        }
        show(given.caller(), stats);
        return Exit.OK;
    }

    private static Document document(Value.Table stats) {
        var document = new Document();
        for (var entry : stats.entries()) {
            var name = entry.key().toString();
            document.with(
                    name,
                    name.equals(MODIFIED)
                            ? modified(stats).map(Instant::toString).orElse("")
                            : entry.value());
        }
        return document;
    }

    private static void show(Caller caller, Value.Table stats) {
        caller.print("namespace      " + stats.at("namespace"));
        caller.print(
                "keys           %d of %d"
                        .formatted(whole(stats, "total_keys"), whole(stats, "max_keys")));
        caller.print(
                "size           %s of %s"
                        .formatted(
                                Sizes.text(whole(stats, "total_size")),
                                Sizes.text(whole(stats, "max_size"))));
        caller.print("last modified  " + modified(stats).map(RunDocuments::when).orElse("never"));
        caller.print("expired        %d so far".formatted(whole(stats, "expired")));
        caller.print("locks held     " + whole(stats, "locks"));
    }

    /// Empty when nothing ever was.
    private static Optional<Instant> modified(Value.Table stats) {
        long at = Math.round(((Value.Num) stats.at(MODIFIED)).value() * MILLIS);
        return at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
    }

    private static long whole(Value.Table stats, String name) {
        return (long) ((Value.Num) stats.at(name)).value();
    }
}
