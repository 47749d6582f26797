package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.schedule.Planner;
import dev.sloth.core.schedule.Rules;
import dev.sloth.core.schedule.Scheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// `schedule next`: when schedules fire, or would.
final class ScheduleNext implements Command {
    private static final int COUNT_DEFAULT = 5;
    private static final int COUNT_MAX = 1_000;
    private static final String COUNT = "-n";

    private final InstantSource time;

    ScheduleNext(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "next",
                        "Shows when a schedule fires next; also one that is not there yet.",
                        "",
                        "For example: `sloth-runner schedule next --cron '0 9 L * ?' --zone"
                                + " Europe/Berlin -n 3`.");
        spec.addPositional(Specs.positionals("NAME", 0, 1, "The schedule; all unless said."));
        spec.addOption(
                Specs.text(
                        "N",
                        "How many times, up to %d; %d unless said."
                                .formatted(COUNT_MAX, COUNT_DEFAULT),
                        COUNT,
                        "--count"));
        ScheduleTimes.addOptions(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    /// One time of one schedule.
    private record Fire(String name, Instant at, Rules rules) {
        Document document() {
            return new Document()
                    .with("schedule", name)
                    .with("at", at.toString())
                    .with("local", at.atZone(rules.timing().zone()).toString());
        }
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        int count = count(given);
        var now = time.instant();
        var words = ScheduleTimes.words(given);
        List<Fire> fires;
        if (words.isEmpty()) {
            fires = kept(given, now, count);
        } else if (given.positionals().isEmpty()) {
            var rules = Rules.read(words, now, ZoneId.systemDefault());
            fires = tried(given, rules, now, count);
        } else {
            throw ScheduleFamily.wrong(
                    "a name and times do not go together",
                    "leave the name out to try times, or the times to ask a schedule");
        }
        show(given, format, fires);
        return Exit.OK;
    }

    private static int count(Given given) {
        var word = given.text(COUNT, Integer.toString(COUNT_DEFAULT));
        if (word.matches("[0-9]{1,4}")) {
            int count = Integer.parseInt(word);
            if (count >= 1 && count <= COUNT_MAX) {
                return count;
            }
        }
        throw ScheduleFamily.wrong(
                "-n cannot be '" + word + "'", "it must be a whole number from 1 to " + COUNT_MAX);
    }

    /// Of all schedules together, the soonest first.
    private static List<Fire> kept(Given given, Instant now, int count) {
        var all = new ArrayList<Fire>();
        try (var runs = Wiring.keptRuns(given.caller())) {
            var schedules = runs.store().schedules();
            var rows =
                    given.positionals().isEmpty()
                            ? schedules.list()
                            : List.of(
                                    ScheduleWords.find(schedules, given.positionals().getFirst()));
            for (var row : rows) {
                var rules = Scheduler.rules(row);
                Planner.fires(rules, row, now, count)
                        .forEach(at -> all.add(new Fire(row.name(), at, rules)));
            }
        }
        return all.stream().sorted(java.util.Comparator.comparing(Fire::at)).limit(count).toList();
    }

    /// Of one that is not there yet: it has no name, on which its splay depends.
    private static List<Fire> tried(Given given, Rules rules, Instant now, int count) {
        if (rules.splayMax().isPositive()) {
            given.caller()
                    .err()
                    .println(
                            "with --splay each of these is later by a part of that which depends on"
                                    + " the name of the schedule");
        }
        return rules.timing().next(now, count).stream().map(at -> new Fire("", at, rules)).toList();
    }

    private static void show(Given given, Format format, List<Fire> fires) {
        var caller = given.caller();
        if (format != Format.TEXT) {
            var documents = fires.stream().map(Fire::document).toList();
            caller.out().print(new Document().with("fires", documents).as(format));
            return;
        }
        if (fires.isEmpty()) {
            caller.print("nothing fires");
        }
        for (var fire : fires) {
            var at = ScheduleTimes.shown(fire.at(), fire.rules());
            caller.print(fire.name().isEmpty() ? at : at + "  " + fire.name());
        }
    }
}
