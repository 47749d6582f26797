package dev.sloth.cli;

import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Board;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.drive.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/// One run in this process, shown while it goes on.
final class RunInProcess {
    private static final Duration CANCEL_AGAIN = Duration.ofMillis(10);

    private final ShownRun shown;
    private final Consumer<Runnable> stoppable;

    /// `document` says that the standard output is kept for one: all else goes to the errors.
    RunInProcess(Given given, Config config, Board board, boolean document) {
        this.stoppable = given.debugging().map(Debugging::stoppable).orElse(_ -> {});
        this.shown =
                new ShownRun(given, config, board, document, SteadyTime.notBefore(Instant.MIN));
    }

    ShownRun shown() {
        return shown;
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
        try (var view = shown.view(Vantage.OWN);
                var parts = wiring.apply(view)) {
            try (var interrupts = interrupts(parts, view)) {
                stoppable.accept(interrupts::ask);
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
                    shown.leaveScreen();
                });
    }
}
