package dev.sloth.cli;

import dev.sloth.api.state.StateChange;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.drive.SteadyTime;
import java.time.Duration;
import java.time.Instant;

/// `state watch`: changes as they happen.
final class StateWatch implements Command {
    /// How long to wait for changes at once.
    private static final Duration WAIT = Duration.ofSeconds(1);

    private static final String TIMEOUT = "--timeout";

    @Override
    public Spec spec() {
        var spec =
                StateFamily.child(
                        "watch",
                        "Shows changes as they happen, from now on, until Ctrl-C.",
                        "",
                        "With -o json each is a document on a line of its own. For example:"
                                + " `sloth-runner state watch 'release/*' --timeout 10m`.");
        spec.addPositional(Specs.positionals("PATTERN", 0, 1, StateFamily.PATTERN));
        spec.addOption(Specs.text("TIME", "Ends after this time, such as 10m.", TIMEOUT));
        return spec;
    }

    @Override
    public boolean answersByLine() {
        return true;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var format = given.documentFormat();
        var patience = SteadyTime.notBefore(Instant.MIN);
        var deadline =
                StateFamily.time(given, TIMEOUT).map(patience.instant()::plus).orElse(Instant.MAX);
        var out = given.caller().out();
        try (var state = StateFamily.open(given)) {
            var watch = state.watch(StateFamily.pattern(given));
            boolean over = false;
            while (!over) {
                over = !patience.instant().isBefore(deadline);
                for (var change : watch.next(wait(WAIT, patience.instant(), deadline))) {
                    print(given, format, change);
                }
                // Whoever read it may have gone.
                over |= out.checkError();
            }
        }
        return Exit.OK;
    }

    /// The wait, or what is left until the deadline.
    static Duration wait(Duration wait, Instant now, Instant deadline) {
        return now.plus(wait).isBefore(deadline)
                ? wait
                : now.isBefore(deadline) ? Duration.between(now, deadline) : Duration.ZERO;
    }

    private static void print(Given given, Format format, StateChange change) {
        var caller = given.caller();
        switch (format) {
            case TEXT -> caller.print(line(change));
            case JSON -> caller.print(document(change).line());
            case YAML -> caller.out().print("---\n" + document(change).as(Format.YAML));
        }
    }

    private static String line(StateChange change) {
        var place =
                change.place() == Value.Nil.NIL ? "" : "[" + StateText.line(change.place()) + "]";
        return "%s %s%s %s -> %s%s"
                .formatted(
                        RunDocuments.exactly(change.at()),
                        change.key(),
                        place,
                        shown(change.old()),
                        shown(change.now()),
                        change.expired() ? " (expired)" : "");
    }

    private static String shown(Value value) {
        return value == Value.Nil.NIL ? "nothing" : StateText.line(value);
    }

    /// What there was not, or is not, is left out.
    private static Document document(StateChange change) {
        var document = new Document().with("number", change.number()).with("key", change.key());
        add(document, "place", change.place());
        add(document, "old", change.old());
        add(document, "now", change.now());
        return document.with("at", change.at()).with("expired", change.expired());
    }

    private static void add(Document document, String name, Value value) {
        if (value != Value.Nil.NIL) {
            document.with(name, ExactValue.written(value));
        }
    }
}
