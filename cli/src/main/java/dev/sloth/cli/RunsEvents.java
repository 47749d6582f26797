package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Format;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.store.RunStore;
import java.time.Duration;

/// `runs events`: what happened in a run, also while it goes on in another process.
final class RunsEvents implements Command {
    /// How often a run that goes on is looked at.
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private static final String FROM = "--from";
    private static final String FOLLOW = "--follow";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "events",
                        "Shows what happened in a run, event by event.",
                        "",
                        "Events are numbered from 1 without gaps. With -o json each is a document"
                                + " on a line of its own.");
        spec.addPositional(Specs.positionals("RUN", 1, 1, RunsCommand.RUN));
        spec.addOption(Specs.text("N", "Only from event number N on.", FROM));
        spec.addOption(Specs.flag("Goes on until the run has ended.", "-f", FOLLOW));
        MasterOptions.addChoice(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public boolean answersByLine() {
        return true;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var format = given.documentFormat();
        long from = from(given);
        boolean follows = given.has(FOLLOW);
        try (var runs = RunsInSight.of(given, follows)) {
            var store = runs.runs();
            var run = runs.run(given.positionals().getFirst()).id();
            var history = new RunHistory(store, run);
            RunHistory.Listener printer = (number, event) -> print(given, format, number, event);
            boolean over = !follows || ended(store, run);
            // A store that lost them all has none to complain of.
            var _ = history.submitted();
            long next = history.events(from, printer);
            while (!over) {
                given.caller().out().flush();
                Thread.sleep(LOOK_EVERY);
                // Looked at first: what comes before the end is read after it.
                over = ended(store, run);
                next = history.events(next, printer);
            }
        }
        return Exit.OK;
    }

    /// A run that was deleted meanwhile has ended too.
    private static boolean ended(RunStore store, RunId run) {
        return store.find(run).map(row -> row.progress().ended()).orElse(true);
    }

    private static void print(Given given, Format format, long number, RunEvent event) {
        var caller = given.caller();
        switch (format) {
            case TEXT -> caller.print(EventFields.line(number, event));
            case JSON -> caller.print(EventFields.document(number, event).line());
            case YAML ->
                    caller.out()
                            .print("---\n" + EventFields.document(number, event).as(Format.YAML));
        }
    }

    private static long from(Given given) {
        var word = given.text(FROM, "1");
        if (word.matches("[0-9]{1,18}") && Long.parseLong(word) >= 1) {
            return Long.parseLong(word);
        }
        throw new Problems(
                new Problem(
                        "SLOTH-9001",
                        "--from cannot be '" + word + "'",
                        Span.NOWHERE,
                        "it must be the number of an event, counted from 1"));
    }
}
