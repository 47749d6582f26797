package dev.sloth.cli;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.time.Instant;

/// `state stats`: how much of a namespace is used.
final class StateStats implements Command {
    private static final double MILLIS = 1e3;

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
            var document = new Document();
            stats.entries().forEach(e -> document.with(e.key().toString(), e.value()));
            given.caller().out().print(document.as(format));
            return Exit.OK;
        }
        show(given.caller(), stats);
        return Exit.OK;
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
        caller.print("last modified  " + modified(stats));
        caller.print("expired        %d so far".formatted(whole(stats, "expired")));
        caller.print("locks held     " + whole(stats, "locks"));
    }

    private static String modified(Value.Table stats) {
        long at = Math.round(((Value.Num) stats.at("last_modified")).value() * MILLIS);
        return at == 0 ? "never" : RunDocuments.when(Instant.ofEpochMilli(at));
    }

    private static long whole(Value.Table stats, String name) {
        return (long) ((Value.Num) stats.at(name)).value();
    }
}
