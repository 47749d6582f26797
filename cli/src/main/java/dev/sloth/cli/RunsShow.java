package dev.sloth.cli;

import dev.sloth.cli.view.Format;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.RunRow;
import java.time.Instant;
import java.util.List;

/// `runs show`: everything that is known of one run.
final class RunsShow implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "show",
                        "Shows everything that is known of a run.",
                        "",
                        "Its tasks, its artifacts, and a drawing of when each attempt waited for a"
                                + " slot and when it ran. The critical path is marked: the run"
                                + " could not have ended sooner without one of its tasks being"
                                + " shorter.");
        spec.addPositional(Specs.positionals("RUN", 1, 1, RunsCommand.RUN));
        MasterOptions.addChoice(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    /// What there is to be shown.
    record Known(
            RunRow row,
            Standing standing,
            RunReport report,
            RunTimeline timeline,
            List<Artifact> artifacts,
            Instant now) {}

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var config = given.layers().config();
        var caller = given.caller();
        try (var runs = RunsInSight.of(given)) {
            var row = runs.run(given.positionals().getFirst());
            var known = known(runs, row);
            if (format == Format.TEXT) {
                var style = given.style(config, caller.outScreen());
                caller.print(new RunText(known, ScreenWidth.of(caller), style).lines());
            } else {
                caller.out().print(RunText.document(known).as(format));
            }
        }
        return Exit.OK;
    }

    private static Known known(RunsInSight runs, RunRow row) {
        var timeline = new RunTimeline();
        var history = new RunHistory(runs.runs(), row.id());
        var state = history.replayed((_, event) -> timeline.take(event));
        return new Known(
                row,
                runs.standing(row),
                RunReport.of(state),
                timeline,
                runs.store().artifacts().of(row.id()),
                runs.time().instant());
    }
}
