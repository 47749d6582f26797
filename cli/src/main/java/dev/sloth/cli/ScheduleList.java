package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.core.schedule.Planner;
import dev.sloth.core.schedule.Rules;
import dev.sloth.core.schedule.Scheduler;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `schedule list`: the schedules that there are.
final class ScheduleList implements Command {
    private final InstantSource time;

    ScheduleList(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "list",
                        "Lists the schedules: when they fire next, and how the last run went.");
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    /// A schedule as it is shown.
    ///
    /// @param next in its zone, or a word
    record Line(ScheduleRow row, Rules rules, String next, Optional<FireRow> last) {
        static Line of(ScheduleStore schedules, ScheduleRow row, InstantSource time) {
            var rules = Scheduler.rules(row);
            var next =
                    Planner.wake(rules, row)
                            .map(at ->
                                    at.isAfter(time.instant())
                                            ? ScheduleTimes.shown(at, rules)
                                            : "due now")
                            .orElse(row.paused() ? "paused" : "never again");
            var last = schedules.fires(row.number(), 1).stream().findFirst();
            return new Line(row, rules, next, last);
        }

        String lastText() {
            return last.map(ScheduleShow::outcome).orElse("");
        }

        Document document() {
            return new Document()
                    .with("schedule", row.name())
                    .with("trigger", rules.trigger())
                    .with("zone", rules.timing().zone().getId())
                    .with("paused", row.paused())
                    .with("next", Planner.wake(rules, row).map(Object::toString).orElse(""))
                    .with("last", lastText());
        }
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var caller = given.caller();
        List<Line> lines;
        try (var runs = Wiring.keptRuns(caller)) {
            var schedules = runs.store().schedules();
            lines = schedules.list().stream().map(row -> Line.of(schedules, row, time)).toList();
        }
        if (format != Format.TEXT) {
            var documents = lines.stream().map(Line::document).toList();
            caller.out().print(new Document().with("schedules", documents).as(format));
            return Exit.OK;
        }
        var table = new TextTable("SCHEDULE", "WHEN", "ZONE", "NEXT", "LAST");
        for (var line : lines) {
            table.row(
                    line.row().name(),
                    line.rules().trigger(),
                    line.rules().timing().zone().getId(),
                    line.next(),
                    line.lastText());
        }
        caller.print(table.lines(ScreenWidth.ofTable(caller)));
        return Exit.OK;
    }
}
