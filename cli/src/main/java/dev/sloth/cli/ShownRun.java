package dev.sloth.cli;

import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.ErrorText;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.LiveScreen;
import dev.sloth.cli.view.RunSummary;
import dev.sloth.cli.view.Style;
import dev.sloth.cli.view.TaskView;
import dev.sloth.core.run.RunReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// How one run is shown, while it goes on and at its end.
final class ShownRun {
    /// Prints the outputs of the tasks and nothing else.
    static final String RETURN = "--return";

    private final Given given;
    private final Config config;
    private final Board board;
    private final PrintStream sink;
    private final boolean sinkIsTerminal;
    private final InstantSource time;

    /// @param document whether the standard output is kept for one: all else goes to the errors
    /// @param time by which the run goes
    ShownRun(Given given, Config config, Board board, boolean document, InstantSource time) {
        var caller = given.caller();
        this.given = given;
        this.config = config;
        this.board = board;
        this.sink = document ? caller.err() : caller.out();
        this.sinkIsTerminal = document ? caller.errScreen() : caller.outScreen();
        this.time = time;
    }

    /// Whether the standard output is kept for a document.
    static boolean document(Given given, Format format) {
        return format != Format.TEXT || given.has(RETURN);
    }

    /// @param from where it is followed
    RunView view(Vantage from) {
        return sinkIsTerminal
                ? new LiveRunView(board, sink, style(), time, from)
                : new PlainRunView(board, sink, from);
    }

    /// Puts right what a picture that ends at once leaves wrong.
    void leaveScreen() {
        if (sinkIsTerminal) {
            sink.print(LiveScreen.SHOW_CURSOR);
            sink.flush();
        }
    }

    private Style style() {
        return given.style(config, sinkIsTerminal);
    }

    /// Tells how it ended.
    ///
    /// @param project where its script is
    /// @param hiding takes from lines what is not to be seen
    void tell(Format format, RunReport report, Path project, UnaryOperator<String> hiding) {
        var caller = given.caller();
        var summary = summary(report);
        if (format != Format.TEXT) {
            caller.out().print(summary.document(outputs()).as(format));
            return;
        }
        var lines = summary.text(0, new ErrorText(project, style(), hiding), style());
        if (given.has(RETURN)) {
            caller.complain(lines);
            caller.out().print(outputs().json());
        } else {
            caller.print(lines);
        }
    }

    private RunSummary summary(RunReport report) {
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
    private Document outputs() {
        var outputs = new Document();
        for (TaskView task : board.snapshot()) {
            if (!task.outcome().outputs().entries().isEmpty()) {
                outputs.with(task.task().name().text(), task.outcome().outputs());
            }
        }
        return outputs;
    }
}
