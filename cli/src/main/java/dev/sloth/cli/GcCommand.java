package dev.sloth.cli;

import dev.sloth.cli.LeftFolders.Left;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.core.retention.EndedRun;
import dev.sloth.core.retention.Expiry;
import dev.sloth.core.retention.Retention;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `gc`: removes what is kept of runs beyond the limits of the settings.
final class GcCommand implements Command {
    private static final String DRY_RUN = "--dry-run";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "gc",
                        "Removes runs that ended long ago, or that are too many or too large.",
                        "",
                        "The settings retention.age, retention.count and retention.size say how"
                                + " much is kept. A run that has not ended is never removed. What"
                                + " is left of a killed `run --in-memory` is ended and goes too,"
                                + " and so do events beyond events.keep_age and"
                                + " events.keep_count.");
        spec.addOption(Specs.flag("Shows what would go, and removes nothing.", DRY_RUN));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var config = given.layers().config();
        var kept = config.kept();
        var retention = new Retention(kept.age(), kept.count(), kept.bytes());
        boolean dry = given.has(DRY_RUN);
        try (var runs = Wiring.keptRuns(given.caller())) {
            var removal = new RunRemoval(runs.store(), given.caller().home());
            var ended = ended(runs.store().runs(), removal);
            var time = InstantSource.system();
            var expired = retention.expired(ended, time.instant());
            var folders = new LeftFolders(given.caller().home(), runs.store().runs(), time);
            var left = folders.find();
            long bytes =
                    dry
                            ? sum(expired) + left.stream().mapToLong(Left::bytes).sum()
                            : remove(removal, expired) + remove(folders, left, given, config);
            if (!dry) {
                GivenSecrets.of(runs.store()).sweep(time.instant());
                OldEvents.forget(runs.store().events(), config.events(), time.instant());
            }
            tell(given, format, new Result(ended.size(), expired, left, bytes, dry));
        }
        return Exit.OK;
    }

    private static long remove(LeftFolders folders, List<Left> left, Given given, Config config) {
        if (left.isEmpty()) {
            return 0;
        }
        try (var processes = Wiring.processes(given.caller(), config)) {
            return left.stream().mapToLong(each -> folders.remove(each, processes)).sum();
        }
    }

    private static List<EndedRun> ended(RunStore runs, RunRemoval removal) {
        var ended = new ArrayList<EndedRun>();
        var query = RunQuery.ALL;
        for (var page = runs.list(query); !page.isEmpty(); page = runs.list(query)) {
            for (var row : page) {
                if (row.progress().ended()) {
                    ended.add(new EndedRun(row.id(), row.progress().at(), removal.bytes(row.id())));
                }
            }
            query = query.after(page.getLast().id());
        }
        return ended;
    }

    private static long sum(List<Expiry> expired) {
        return expired.stream().mapToLong(expiry -> expiry.run().bytes()).sum();
    }

    private static long remove(RunRemoval removal, List<Expiry> expired) {
        long bytes = 0;
        for (var expiry : expired) {
            bytes += removal.remove(expiry.run().id());
        }
        return bytes + removal.sweep();
    }

    /// What was done, or would be.
    ///
    /// @param ended how many runs had ended
    /// @param left of runs that were not kept
    private record Result(
            int ended, List<Expiry> expired, List<Left> left, long bytes, boolean dry) {
        Document document() {
            return new Document()
                    .with("dry_run", dry)
                    .with("removed", expired.stream().map(Result::document).toList())
                    .with("kept", ended - expired.size())
                    .with("left", left.stream().map(Result::document).toList())
                    .with("freed_bytes", bytes);
        }

        private static Document document(Left left) {
            return new Document().with("run", left.run()).with("bytes", left.bytes());
        }

        private static Document document(Expiry expiry) {
            return new Document()
                    .with("run", expiry.run().id())
                    .with("reason", reason(expiry))
                    .with("ended_at", expiry.run().endedAt())
                    .with("bytes", expiry.run().bytes());
        }
    }

    private static String reason(Expiry expiry) {
        return expiry.reason().name().toLowerCase(Locale.ROOT);
    }

    private static void tell(Given given, Format format, Result result) {
        var caller = given.caller();
        if (format != Format.TEXT) {
            caller.out().print(result.document().as(format));
            return;
        }
        if (!result.expired().isEmpty()) {
            var table = new TextTable("RUN", "ENDED", "SIZE", "WHY");
            for (var expiry : result.expired()) {
                table.row(
                        expiry.run().id().text(),
                        RunDocuments.when(expiry.run().endedAt()),
                        Sizes.text(expiry.run().bytes()),
                        "retention." + reason(expiry));
            }
            caller.print(table.lines(ScreenWidth.ofTable(caller)));
            caller.print("");
        }
        if (!result.left().isEmpty()) {
            caller.print(
                    "%s what killed runs in memory have left: %s"
                            .formatted(
                                    result.dry() ? "would end and remove" : "ended and removed",
                                    String.join(
                                            ", ", result.left().stream().map(Left::run).toList())));
        }
        caller.print(
                "%s %d of %d runs that have ended, %s %s"
                        .formatted(
                                result.dry() ? "would remove" : "removed",
                                result.expired().size(),
                                result.ended(),
                                result.dry() ? "up to" : "freed",
                                Sizes.text(result.bytes())));
    }
}
