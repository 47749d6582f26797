package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.schedule.Definition;
import dev.sloth.core.schedule.Rules;
import dev.sloth.core.store.ScheduleRow;
import dev.sloth.core.store.ScheduleStore;
import dev.sloth.core.store.StoreFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `schedule add`: adds a schedule.
final class ScheduleAdd implements Command {
    private static final String WORKFLOW = "--workflow";
    private static final String CALENDAR = "--calendar";
    private static final String REPLACE = "--replace";

    private final InstantSource time;

    ScheduleAdd(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "add",
                        "Adds a schedule.",
                        "",
                        "The script and the files with values are read when it fires, as they are"
                                + " then.",
                        "",
                        "For example: `sloth-runner schedule add nightly -f backup.sloth --cron '30"
                                + " 2 * * MON-FRI' --zone Europe/Berlin --exclude 12-25`.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, ScheduleFamily.NAME));
        spec.addOption(Specs.text("FILE", "The script.", "-f", "--file"));
        spec.addOption(
                Specs.text("NAME", "The workflow; not needed when it is the only one.", WORKFLOW));
        RunOptions.addValues(spec);
        ScheduleTimes.addOptions(spec);
        spec.addOption(
                Specs.many(
                        "FILE",
                        "A file of days that are left out, as --exclude names them, one a line; #"
                                + " begins a comment.",
                        CALENDAR));
        spec.addOption(
                Specs.flag(
                        "Takes the place of the schedule of this name; times count from now on.",
                        REPLACE));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var now = time.instant();
        var findings = new Findings();
        var name = findings.look(() -> ScheduleWords.checked(given.positionals().getFirst()));
        var words = new LinkedHashMap<>(ScheduleTimes.words(given));
        findings.look(() -> excluded(given))
                .filter(days -> !days.isEmpty())
                .ifPresent(days -> {
                    var all = new ArrayList<>(words.getOrDefault("exclude", List.of()));
                    all.addAll(days);
                    words.put("exclude", all);
                });
        var rules = findings.look(() -> Rules.read(words, now, ZoneId.systemDefault()));
        var target = findings.look(() -> target(given));
        findings.tell();
        var all = new LinkedHashMap<>(rules.orElseThrow().words());
        all.putAll(target.orElseThrow());
        var text = new Definition(all).text();
        try (var runs = Wiring.keptRuns(given.caller())) {
            keep(given, runs.store().schedules(), name.orElseThrow(), text, now);
        }
        tell(given, format, name.orElseThrow(), rules.get(), now);
        return Exit.OK;
    }

    private static List<String> excluded(Given given) {
        var days = new ArrayList<String>();
        for (var word : given.many(CALENDAR)) {
            try {
                for (var line : Files.readAllLines(given.caller().folder().resolve(word))) {
                    var day = line.replaceFirst("#.*", "").strip();
                    if (!day.isEmpty()) {
                        days.add(day);
                    }
                }
            } catch (IOException | InvalidPathException e) {
                throw new Problems(
                        new Problem(
                                "SLOTH-4404",
                                "the calendar " + word + " cannot be read: " + e,
                                Span.NOWHERE,
                                "give a text file with a day on each line, such as 2026-12-25"));
            }
        }
        return days;
    }

    /// Reads the script as `run` would, so that what is wrong with it is told now and not at night.
    private static Map<String, List<String>> target(Given given) {
        var caller = given.caller();
        var named = given.has(WORKFLOW) ? List.of(given.text(WORKFLOW, "")) : List.<String>of();
        var found = Target.of(List.of(), given.text("-f", ""), caller.folder());
        var target = new Target(found.file(), found.shown(), String.join("", named));
        var script = RunOptions.script(given, given.layers().config(), target.file());
        var _ = target.among(script.definition().workflows());
        var words = new LinkedHashMap<String, List<String>>();
        words.put(
                ScheduleWords.SCRIPT,
                List.of(target.file().toAbsolutePath().normalize().toString()));
        if (!named.isEmpty()) {
            words.put(ScheduleWords.WORKFLOW, named);
        }
        var values =
                given.many(RunOptions.VALUES).stream()
                        .map(file -> caller.folder().resolve(file).toAbsolutePath().normalize())
                        .map(Object::toString)
                        .toList();
        if (!values.isEmpty()) {
            words.put(ScheduleWords.VALUES, values);
        }
        if (given.has(RunOptions.VAR)) {
            words.put(ScheduleWords.VAR, given.many(RunOptions.VAR));
        }
        return words;
    }

    private static void keep(
            Given given, ScheduleStore schedules, String name, String text, Instant now) {
        if (given.has(REPLACE) && schedules.find(name).isPresent()) {
            var _ =
                    ScheduleFamily.change(
                            schedules,
                            name,
                            row ->
                                    new ScheduleRow(
                                            row.number(),
                                            name,
                                            text,
                                            row.addedBy(),
                                            row.addedAt(),
                                            now,
                                            row.paused(),
                                            row.resumedAt(),
                                            row.turn()));
            return;
        }
        try {
            schedules.add(name, text, given.caller().user(), now);
        } catch (StoreFailure e) {
            if (e.reason() != StoreFailure.Reason.TAKEN) {
                throw e;
            }
            throw new Problems(
                    new Problem(
                            "SLOTH-4408",
                            "there is a schedule '" + name + "' already",
                            Span.NOWHERE,
                            "--replace takes its place; `sloth-runner schedule show %s` shows it"
                                    .formatted(name)));
        }
    }

    private static void tell(Given given, Format format, String name, Rules rules, Instant now) {
        var next = rules.timing().next(now);
        if (format != Format.TEXT) {
            var document =
                    new Document()
                            .with("schedule", name)
                            .with("next", next.map(Object::toString).orElse(""));
            given.caller().out().print(document.as(format));
            return;
        }
        given.caller().print("added " + name + ": " + rules.trigger());
        given.caller()
                .print(
                        next.map(at -> "fires next " + ScheduleTimes.shown(at, rules))
                                .orElse("its time has passed: it fires when `serve` looks at it"));
    }
}
