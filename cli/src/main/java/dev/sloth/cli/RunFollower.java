package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.Format;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.core.store.RunRow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/// Follows a run that others drive, until it ends or waits, or until Ctrl-C: then it goes on
/// without us.
final class RunFollower {
    private final Given given;
    private final Format format;
    private final Config config;
    private final RunsInSight runs;
    private final AtomicBoolean leaving;

    /// @param leaving is set when somebody wants to see no more
    RunFollower(
            Given given, Format format, Config config, RunsInSight runs, AtomicBoolean leaving) {
        this.given = given;
        this.format = format;
        this.config = config;
        this.runs = runs;
        this.leaving = leaving;
    }

    /// @return the exit code
    int follow(RunRow row, Board board) throws InterruptedException {
        return follow(row, board, List.of());
    }

    /// @param notes what is said before all else
    /// @return the exit code
    int follow(RunRow row, Board board, List<String> notes) throws InterruptedException {
        var shown =
                new ShownRun(given, config, board, ShownRun.document(given, format), runs.time());
        RunReport report;
        var from = runs.vantage(row.id());
        try (var view = shown.view(from);
                var _ = new Interrupts(() -> leaving.set(true), shown::leaveScreen);
                var news = runs.news(row.id())) {
            notes.forEach(view::note);
            var following = new Following(runs, row.id(), view, from.delegated());
            while (goesOn(following, row.id()) && !leaving.get()) {
                assureDriven(row.id());
                following.placed(news.await());
            }
            report = following.report();
        } catch (MasterPatience.Left _) {
            return left(row.id());
        }
        if (report.status() == RunStatus.RUNNING) {
            return left(row.id());
        }
        shown.tell(format, report, project(row), UnaryOperator.identity());
        return report.status() == RunStatus.SUCCEEDED ? Exit.OK : Exit.FAILED;
    }

    private boolean isAfar() {
        return runs.here().isEmpty();
    }

    /// A run that waits goes on when something is asked of it: whoever drives it takes that up.
    private boolean goesOn(Following following, RunId run) {
        // In this order: what was asked is there until its effect is.
        boolean asked = !runs.store().requests().of(run).isEmpty();
        return following.look() || (asked && following.report().status() == RunStatus.WAITING);
    }

    /// A run of this machine that nobody drives goes on for nobody who only looks.
    private void assureDriven(RunId run) {
        if (isAfar()) {
            return;
        }
        var row = runs.runs().find(run);
        if (row.isEmpty() || runs.standing(row.get()).word().equals(Standing.INTERRUPTED)) {
            throw new Problems(
                    new Problem(
                            "SLOTH-4011",
                            "nobody drives run %s any more".formatted(run),
                            Span.NOWHERE,
                            runs.command("resume " + run) + " goes on with it"));
        }
    }

    private int left(RunId run) {
        given.caller()
                .complain(
                        List.of(
                                "run %s goes on without you".formatted(run),
                                "  %s follows it again, %s ends it"
                                        .formatted(
                                                runs.command("attach " + run),
                                                runs.command("runs cancel " + run))));
        return Exit.CANCELLED;
    }

    private static Path project(RunRow row) {
        return row.files().stream()
                .filter(file -> file.role() == Role.PROJECT)
                .map(file -> Path.of(file.path()))
                .findFirst()
                .orElseGet(() -> Path.of("/"));
    }
}
