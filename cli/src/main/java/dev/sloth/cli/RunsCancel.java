package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.store.RequestStore;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunRow;
import dev.sloth.drive.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// `runs cancel`: ends a run, by whoever drives it; by us when nobody does.
final class RunsCancel implements Command {
    /// How long an owner that lives may take to answer. It looks several times a second.
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final InstantSource time;

    RunsCancel(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "cancel",
                        "Ends a run that has not ended.",
                        "",
                        "Nothing new starts, what runs is ended, clean-ups and on_complete run. The"
                                + " process that drives the run does it; when that is gone, this"
                                + " one does, or the master once it drives it again.");
        spec.addPositional(Specs.positionals("RUN", 1, 1, RunsCommand.RUN));
        MasterOptions.addChoice(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var format = given.documentFormat();
        try (var runs = RunsInSight.of(given)) {
            var row = runs.run(given.positionals().getFirst());
            ask(given, runs, row.id());
            return cancel(given, format, runs, row);
        }
    }

    private void ask(Given given, RunsInSight runs, RunId run) {
        var by = given.caller().user();
        var requests = runs.store().requests();
        if (!requests.ask(run, Request.Kind.CANCEL, "cancelled by " + by, by, time.instant())) {
            throw new Problems(
                    new Problem(
                            "SLOTH-4003",
                            "run " + run + " has ended already",
                            Span.NOWHERE,
                            runs.command("runs show " + run) + " shows how."));
        }
    }

    private int cancel(Given given, Format format, RunsInSight runs, RunRow row)
            throws InterruptedException {
        var patience = SteadyTime.notBefore(Instant.MIN);
        var deadline = patience.instant().plus(ANSWER_WAIT);
        var now = row;
        while (othersDrive(runs, now)) {
            if (answered(runs.store().requests(), row.id())) {
                tell(given, format, now, "is being cancelled by " + owner(now));
                return Exit.OK;
            }
            if (patience.instant().isAfter(deadline)) {
                throw silent(now);
            }
            Thread.sleep(LOOK_EVERY);
            now = found(runs, row);
        }
        if (now.progress().ended()) {
            tell(given, format, now, "has ended: " + now.progress().status());
            return Exit.OK;
        }
        // The request is kept: whoever drives the run meets it at once.
        var ended = Resuming.driven(given, format, runs.here().orElseThrow(), now);
        return ended.interrupted() ? Exit.CANCELLED : Exit.OK;
    }

    /// What a master keeps, nobody else drives.
    private static boolean othersDrive(RunsInSight runs, RunRow row) {
        return runs.here().isEmpty() ? !row.progress().ended() : runs.standing(row).driven();
    }

    private static RunRow found(RunsInSight runs, RunRow row) {
        return runs.runs().find(row.id()).orElse(row);
    }

    private static boolean answered(RequestStore requests, RunId run) {
        return requests.of(run).stream()
                .noneMatch(request -> request.kind() == Request.Kind.CANCEL);
    }

    private static String owner(RunRow row) {
        return row.drivenBy().map(Object::toString).orElse("its master");
    }

    private static Problems silent(RunRow row) {
        return new Problems(
                new Problem(
                        "SLOTH-4009",
                        "%s, which drives run %s, has not answered for %d seconds"
                                .formatted(owner(row), row.id(), ANSWER_WAIT.toSeconds()),
                        Span.NOWHERE,
                        "it will when it goes on; once it is ended, run this again"));
    }

    private static void tell(Given given, Format format, RunRow row, String what) {
        if (format == Format.TEXT) {
            given.caller().print(List.of("run " + row.id() + " " + what));
            return;
        }
        given.caller()
                .out()
                .print(
                        new Document()
                                .with("run", row.id())
                                .with("status", row.progress().status())
                                .with("ended", row.progress().ended())
                                .with("message", what)
                                .as(format));
    }
}
