package dev.sloth.cli;

import dev.sloth.cli.view.Board;
import dev.sloth.core.journal.RunHistory;
import java.util.concurrent.atomic.AtomicBoolean;

/// `attach`: follows a run that others drive.
final class AttachCommand implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "attach",
                        "Follows a run that goes on elsewhere.",
                        "",
                        "It is shown from its beginning, as `run` would, and ends as that would."
                                + " Ctrl-C ends the looking only: the run goes on.");
        spec.addPositional(Specs.positionals("RUN", 1, 1, RunsCommand.RUN));
        MasterOptions.addChoice(spec);
        spec.addOption(
                Specs.flag(
                        "Prints the outputs of the tasks as JSON, and nothing else, to the"
                                + " standard output.",
                        ShownRun.RETURN));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var format = given.documentFormat();
        var config = given.layers().config();
        var leaving = new AtomicBoolean();
        try (var runs = RunsInSight.patient(given, leaving)) {
            var row = runs.run(given.positionals().getFirst());
            var first = new RunHistory(runs.runs(), row.id()).submitted();
            return new RunFollower(given, format, config, runs, leaving)
                    .follow(row, new Board(first.workflow()));
        }
    }
}
