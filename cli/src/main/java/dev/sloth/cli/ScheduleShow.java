package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.core.schedule.Definition;
import dev.sloth.core.store.FireRow;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `schedule show`: all about one schedule, with what became of its last times.
final class ScheduleShow implements Command {
    private static final int FIRES_SHOWN = 20;

    private final InstantSource time;

    ScheduleShow(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "show",
                        "Shows a schedule, and what became of its last %d times."
                                .formatted(FIRES_SHOWN));
        spec.addPositional(Specs.positionals("NAME", 1, 1, ScheduleFamily.NAME));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    /// What became of a fire, in a few words.
    static String outcome(FireRow fire) {
        var word = fire.status().name().toLowerCase(Locale.ROOT);
        return switch (fire.status()) {
            case QUEUED, READY -> word;
            case STARTED ->
                    fire.run() + " " + (fire.runStatus().isEmpty() ? word : fire.runStatus());
            case OVER -> fire.run() + " " + fire.why();
            case SKIPPED, FAILED -> word + ": " + fire.why();
        };
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        ScheduleList.Line line;
        List<FireRow> fires;
        try (var runs = Wiring.keptRuns(given.caller())) {
            var schedules = runs.store().schedules();
            var row = ScheduleWords.find(schedules, given.positionals().getFirst());
            line = ScheduleList.Line.of(schedules, row, time);
            fires = schedules.fires(row.number(), FIRES_SHOWN);
        }
        var words = Definition.parse(line.row().definition()).words();
        if (format == Format.TEXT) {
            text(given, line, words, fires);
        } else {
            var says = new LinkedHashMap<String, Object>(words);
            var document =
                    line.document()
                            .with("says", says)
                            .with("fires", fires.stream().map(ScheduleShow::document).toList());
            given.caller().out().print(document.as(format));
        }
        return Exit.OK;
    }

    private static Document document(FireRow fire) {
        return new Document()
                .with("at", fire.at().toString())
                .with("last", fire.last().toString())
                .with("count", fire.count())
                .with("status", fire.status().name().toLowerCase(Locale.ROOT))
                .with("why", fire.why())
                .with("run", fire.run());
    }

    private static void text(
            Given given,
            ScheduleList.Line line,
            Map<String, List<String>> words,
            List<FireRow> fires) {
        var caller = given.caller();
        caller.print(line.row().name() + ": " + line.rules().trigger());
        caller.print("next: " + line.next());
        words.forEach((field, all) -> caller.print("  " + field + ": " + String.join(", ", all)));
        if (fires.isEmpty()) {
            caller.print("it has not fired yet");
            return;
        }
        var table = new TextTable("TIME", "COUNT", "OUTCOME");
        for (var fire : fires) {
            var at = ScheduleTimes.shown(fire.at(), line.rules());
            table.row(at, Long.toString(fire.count()), outcome(fire));
        }
        caller.print(table.lines(ScreenWidth.ofTable(caller)));
    }
}
