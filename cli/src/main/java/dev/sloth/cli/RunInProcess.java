package dev.sloth.cli;

import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.LiveScreen;
import dev.sloth.cli.view.RunSummary;
import dev.sloth.cli.view.Style;
import dev.sloth.cli.view.TaskView;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.drive.SteadyTime;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// One run in this process, shown while it goes on.
final class RunInProcess {
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(10);

    private final Given given;
    private final Config config;
    private final Board board;
    private final PrintStream sink;
    private final boolean sinkIsTerminal;
    private final InstantSource time = SteadyTime.notBefore(Instant.MIN);

    /// `document` says that the standard output is kept for one: all else goes to the errors.
    RunInProcess(Given given, Config config, Board board, PrintStream sink, boolean document) {
        this.given = given;
        this.config = config;
        this.board = board;
        this.sink = sink;
        this.sinkIsTerminal = document ? given.caller().errScreen() : given.caller().outScreen();
    }

    /// How it ended.
    record Ended(RunReport report, boolean interrupted) {
        int exit() {
            if (interrupted) {
                return Exit.CANCELLED;
            }
            return report.status() == RunStatus.SUCCEEDED ? Exit.OK : Exit.FAILED;
        }
    }

    /// `wiring` joins the parts of the run with what shows it.
    Ended execute(Function<RunView, RunParts> wiring) throws InterruptedException {
        try (var view = view();
                var parts = wiring.apply(view)) {
            try (var interrupts = interrupts(parts, view)) {
                return new Ended(parts.drive().report(), interrupts.asked());
            }
        }
    }

    private Interrupts interrupts(RunParts parts, RunView view) {
        return new Interrupts(
                () -> {
                    view.note("cancelling; Ctrl-C once more ends at once");
                    while (!parts.run().cancel("interrupted")) {
                        LockSupport.parkNanos(CANCEL_AGAIN.toNanos());
                    }
                },
                () -> {
                    parts.processes().killAll();
                    if (sinkIsTerminal) {
                        sink.print(LiveScreen.SHOW_CURSOR);
                        sink.flush();
                    }
                });
    }

    private RunView view() {
        if (!sinkIsTerminal) {
            return new PlainRunView(board, sink);
        }
        return new LiveRunView(board, sink, style(), time);
    }

    Style style() {
        return given.style(config, sinkIsTerminal);
    }

    RunSummary summary(Ended ended) {
        var report = ended.report();
        return new RunSummary(
                report.workflow(),
                report.run().text(),
                report.status().name().toLowerCase(Locale.ROOT),
                report.message(),
                took(report),
                board.snapshot());
    }

    /// So far, when it waits for somebody.
    private Duration took(RunReport report) {
        if (!report.endedAt().equals(RunReport.NOT_YET)) {
            return report.duration();
        }
        var now = time.instant();
        // The clock may have been set back meanwhile.
        return now.isBefore(report.startedAt())
                ? Duration.ZERO
                : Duration.between(report.startedAt(), now);
    }

    /// Task to what it gave, for those that gave something.
    Document outputs() {
        var outputs = new Document();
        for (TaskView task : board.snapshot()) {
            if (!task.outcome().outputs().entries().isEmpty()) {
                outputs.with(task.task().name().text(), task.outcome().outputs());
            }
        }
        return outputs;
    }
}
