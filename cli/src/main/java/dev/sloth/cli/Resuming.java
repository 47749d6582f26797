package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.Format;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.KeptScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Goes on with a run that is kept, from exactly where it was.
final class Resuming {
    private static final Set<String> UNFINISHED = Set.of("running", "waiting");

    private final Given given;
    private final Format format;
    private final KeptRuns runs;

    private Resuming(Given given, Format format, KeptRuns runs) {
        this.given = given;
        this.format = format;
        this.runs = runs;
    }

    /// The run that the command line names.
    static int named(Given given, Format format, String word) throws InterruptedException {
        try (var runs = Wiring.keptRuns(given.caller())) {
            var row = WhichRun.of(runs.store().runs(), word);
            return new Resuming(given, format, runs).resume(row);
        }
    }

    /// A run that nobody drives, as far as it goes.
    ///
    /// @throws Problems when somebody does, or there is nothing to drive
    static RunInProcess.Ended driven(Given given, Format format, KeptRuns runs, RunRow row)
            throws InterruptedException {
        return new Resuming(given, format, runs).drive(row);
    }

    /// The newest run of the script that has not ended.
    static int last(Given given, Format format) throws InterruptedException {
        for (var option :
                List.of(RunOptions.VALUES, RunOptions.VAR, RunOptions.LABEL, RunOptions.TASK)) {
            if (given.has(option)) {
                throw wrong(
                        "SLOTH-9001",
                        "%s and %s do not go together".formatted(RunCommand.RESUME_LAST, option),
                        "A run goes on with what it was given when it was submitted.");
            }
        }
        var target = RunOptions.target(given);
        try (var runs = Wiring.keptRuns(given.caller())) {
            var found = runs.store().runs().list(unfinished(target));
            if (found.isEmpty()) {
                throw wrong(
                        "SLOTH-4004",
                        "no run of " + target.shown() + " waits to be resumed",
                        "`sloth-runner runs list` shows those that are kept.");
            }
            return new Resuming(given, format, runs).resume(found.getFirst());
        }
    }

    private static RunQuery unfinished(Target target) {
        return new RunQuery(
                UNFINISHED,
                target.workflow(),
                target.file().toAbsolutePath().normalize().toString(),
                Instant.MIN,
                Map.of(),
                Optional.empty(),
                1);
    }

    private static Problems wrong(String code, String message, String remedy) {
        return new Problems(new Problem(code, message, Span.NOWHERE, remedy));
    }

    private int resume(RunRow row) throws InterruptedException {
        return drive(row).exit();
    }

    private RunInProcess.Ended drive(RunRow row) throws InterruptedException {
        var config = given.layers().config();
        var store = runs.store().runs();
        var claim = runs.claim(row.id());
        var past = Past.of(new RunHistory(store, row.id()), row);
        var kept = KeptScript.submitted(store, row);
        tellChanges(row, kept);
        boolean document = format != Format.TEXT;
        var order = order(given, config, runs, claim, kept, past);
        var run = new RunInProcess(given, config, past.board(), document);
        var ended =
                run.execute(view -> {
                    view.note("resuming run " + row.id());
                    return Wiring.resumed(given.caller(), config, runs, order, claim, view);
                });
        RunCommand.tell(format, run, ended, order);
        return ended;
    }

    /// A run that cannot go on without its secrets is left for later, unless it goes on to be
    /// ended.
    private static Wiring.Order order(
            Given given,
            Config config,
            KeptRuns runs,
            Claim claim,
            KeptScript.Submitted kept,
            Past past)
            throws InterruptedException {
        var first = past.submitted();
        try {
            var declared =
                    new DeclaredSecrets(given, config, first.workflow(), kept.source().project());
            boolean ending = past.ending() || runs.isAskedToEnd(claim.run());
            return new Wiring.Order(
                    Wiring.scripts(config),
                    kept.source(),
                    kept.script(),
                    first.workflow(),
                    ending ? declared.forEnding(claim.run()) : declared.forResumed(claim.run()),
                    first.values());
        } catch (Problems | StoreFailure e) {
            runs.leave(claim);
            throw e;
        }
    }

    /// A run that was taken over, to be driven without anybody who watches.
    static RunParts unwatched(Given given, Config config, KeptRuns runs, Claim claim, RunView view)
            throws InterruptedException {
        var store = runs.store().runs();
        var row =
                store.find(claim.run())
                        .orElseThrow(() ->
                                new StoreFailure(
                                        StoreFailure.Reason.FENCED,
                                        "run " + claim.run() + " was deleted"));
        var past = Past.of(new RunHistory(store, row.id()), row);
        var kept = KeptScript.submitted(store, row);
        var order = order(given, config, runs, claim, kept, past);
        return Wiring.resumed(given.caller(), config, runs, order, claim, view);
    }

    /// The run goes on as it was submitted; who has changed its files since should know that.
    private void tellChanges(RunRow row, KeptScript.Submitted kept) {
        var changed = new LinkedHashSet<String>();
        kept.script().files().changed().forEach(file -> changed.add(file.toString()));
        for (var file : row.files()) {
            switch (file.role()) {
                case SCRIPT, VALUES -> {
                    if (changed(file)) {
                        changed.add(file.path());
                    }
                }
                case IMPORT, LINK, PROJECT, FILE, PROGRAM -> {}
            }
        }
        if (!changed.isEmpty()) {
            given.caller()
                    .complain(
                            List.of(
                                    "warning: changed since run %s was submitted: %s"
                                            .formatted(row.id(), String.join(", ", changed)),
                                    "  the run goes on with what they held then [SLOTH-4005]"));
        }
    }

    private static boolean changed(RunFile file) {
        try {
            var path = Path.of(file.path());
            // What came out of a pipe or a device is not there to be compared.
            if (!Files.isRegularFile(path)) {
                return Files.notExists(path);
            }
            var now = Files.readAllBytes(path);
            return !Content.sha256(now).equals(file.content());
        } catch (IOException e) {
            // Gone, or not ours to read: either way not what it was.
            return true;
        }
    }

    /// What happened so far, and how its tasks stand on a board.
    ///
    /// @param ending whether it is being cancelled
    record Past(RunEvent.RunSubmitted submitted, Board board, boolean ending) {
        static Past of(RunHistory history, RunRow row) {
            var told = new Told();
            history.events(1, (_, event) -> told.take(event));
            return told.past.orElseThrow(
                    () -> wrong("SLOTH-4001", "run " + row.id() + " has no beginning", ""));
        }

        private static final class Told {
            private Optional<Past> past = Optional.empty();
            private Optional<RunNews> news = Optional.empty();

            void take(RunEvent event) {
                if (event instanceof RunEvent.RunSubmitted first) {
                    var board = new Board(first.workflow());
                    past = Optional.of(new Past(first, board, false));
                    news = Optional.of(new RunNews(board, Vantage.OWN));
                }
                if (event instanceof RunEvent.RunStopping(_, var as, _)
                        && as == RunStatus.CANCELLED) {
                    past = past.map(now -> new Past(now.submitted(), now.board(), true));
                }
                news.ifPresent(n -> {
                    var _ = n.take(event);
                });
            }
        }
    }
}
