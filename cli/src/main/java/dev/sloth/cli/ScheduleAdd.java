package dev.sloth.cli;

import dev.sloth.api.workflow.FileTrouble;
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
    private static final String EXCLUDE = "exclude";
    private static final String RULES = "SLOTH-4403";

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
                        "Without --cron, --every and --at it adds the schedules that the script"
                                + " itself says, such as"
                                + " `workflow.define(\"w\"):schedule({ cron = \"@daily\" })`.",
                        "",
                        "The script and the files with values are read when it fires, as they are"
                                + " then.",
                        "",
                        "For example: `sloth-runner schedule add nightly -f backup.sloth --cron '30"
                                + " 2 * * MON-FRI' --zone Europe/Berlin --exclude 12-25`.");
        spec.addPositional(
                Specs.positionals(
                        "NAME",
                        0,
                        1,
                        "The name of the schedule; not needed for those that the script says."));
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

    /// One to be added.
    private record Wanted(String name, Rules rules, Definition definition) {}

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var now = time.instant();
        var findings = new Findings();
        var times =
                findings.look(() -> {
                    var words = new LinkedHashMap<>(ScheduleTimes.words(given));
                    add(words, EXCLUDE, excluded(given));
                    return words;
                });
        boolean told = ScheduleTimes.saysWhen(given);
        if (told && given.positionals().isEmpty()) {
            findings.add(
                    new Problem(
                            "SLOTH-4406",
                            "the schedule has no name",
                            Span.NOWHERE,
                            "name it: `sloth-runner schedule add NAME ...`"));
        }
        given.positionals().forEach(name -> findings.look(() -> ScheduleWords.checked(name)));
        if (told) {
            times.ifPresent(
                    words -> findings.look(() -> Rules.read(words, now, ZoneId.systemDefault())));
        }
        var script = findings.look(() -> script(given));
        findings.tell();
        var target = target(given, script.orElseThrow());
        var wanted =
                told
                        ? List.of(
                                wanted(
                                        given.positionals().getFirst(),
                                        times.orElseThrow(),
                                        target,
                                        now))
                        : ofScript(given, script.get(), times.orElseThrow(), target, now);
        refusePast(wanted, now);
        try (var runs = Wiring.keptRuns(given.caller())) {
            for (var each : wanted) {
                keep(given, runs.store().schedules(), each, now);
            }
        }
        tell(given, format, wanted, now);
        return Exit.OK;
    }

    /// A time that has passed would never fire.
    private static void refusePast(List<Wanted> wanted, Instant now) {
        var problems =
                wanted.stream()
                        .filter(each -> each.rules().timing().next(now).isEmpty())
                        .map(each ->
                                new Problem(
                                        "SLOTH-4402",
                                        "the schedule '%s' would never fire: its time has passed"
                                                .formatted(each.name()),
                                        Span.NOWHERE,
                                        "give a time to come, such as --at +10m; `sloth-runner run`"
                                                + " runs it now"))
                        .toList();
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
    }

    private static void add(Map<String, List<String>> words, String field, List<String> more) {
        if (!more.isEmpty()) {
            var all = new ArrayList<>(words.getOrDefault(field, List.of()));
            all.addAll(more);
            words.put(field, all);
        }
    }

    private static Wanted wanted(
            String name,
            Map<String, List<String>> times,
            Map<String, List<String>> target,
            Instant now) {
        var rules = Rules.read(times, now, ZoneId.systemDefault());
        var all = new LinkedHashMap<>(rules.words());
        all.putAll(target);
        return new Wanted(name, rules, new Definition(all));
    }

    /// What the script itself says of its times, with the options laid upon it.
    private static List<Wanted> ofScript(
            Given given,
            Script script,
            Map<String, List<String>> times,
            Map<String, List<String>> target,
            Instant now) {
        var workflow = given.text(WORKFLOW, "");
        var all =
                script.definition().schedules().stream()
                        .filter(s -> workflow.isEmpty() || s.workflow().equals(workflow))
                        .toList();
        if (all.isEmpty() || (all.size() > 1 && !given.positionals().isEmpty())) {
            throw new Problems(
                    new Problem(
                            RULES,
                            all.isEmpty()
                                    ? "nothing says when it fires, and the script has no schedule"
                                    : "the script has %d schedules, which cannot have one name"
                                            .formatted(all.size()),
                            Span.NOWHERE,
                            all.isEmpty()
                                    ? "give one of --cron, --every and --at, or write"
                                            + " :schedule({ cron = \"0 3 * * *\" }) in the script"
                                    : "leave the name out, or choose with --workflow"));
        }
        var wanted = new ArrayList<Wanted>();
        for (var schedule : all) {
            var words = new LinkedHashMap<>(schedule.words());
            var name =
                    given.positionals().stream()
                            .findFirst()
                            .orElseGet(() -> ScheduleWords.name(schedule));
            words.putAll(times);
            var run = new LinkedHashMap<>(target);
            run.put(ScheduleWords.WORKFLOW, List.of(schedule.workflow()));
            wanted.add(wanted(name, words, run, now));
        }
        return wanted;
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
                                "the calendar '%s' cannot be read: %s"
                                        .formatted(word, FileTrouble.words(e)),
                                Span.NOWHERE,
                                "give a text file with a day on each line, such as 2026-12-25"));
            }
        }
        return days;
    }

    /// Reads the script as `run` would, so that what is wrong with it is told now and not at night.
    private static Script script(Given given) {
        var found = target(given);
        var script = RunOptions.script(given, given.layers().config(), found.file());
        if (given.has(WORKFLOW) || ScheduleTimes.saysWhen(given)) {
            var _ = found.among(script.definition().workflows());
        }
        return script;
    }

    private static Target target(Given given) {
        var found = Target.of(List.of(), given.text("-f", ""), given.caller().folder());
        return new Target(found.file(), found.shown(), given.text(WORKFLOW, ""));
    }

    /// What is to be run.
    private static Map<String, List<String>> target(Given given, Script script) {
        var caller = given.caller();
        var words = new LinkedHashMap<String, List<String>>();
        words.put(
                ScheduleWords.SCRIPT,
                List.of(script.source().file().toAbsolutePath().normalize().toString()));
        if (given.has(WORKFLOW)) {
            words.put(ScheduleWords.WORKFLOW, List.of(given.text(WORKFLOW, "")));
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

    private static void keep(Given given, ScheduleStore schedules, Wanted wanted, Instant now) {
        var name = wanted.name();
        var text = wanted.definition().text();
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

    private static void tell(Given given, Format format, List<Wanted> wanted, Instant now) {
        var documents = new ArrayList<Document>();
        for (var each : wanted) {
            var splay = each.rules().splay(each.name());
            var next = each.rules().timing().next(now).map(at -> at.plus(splay));
            documents.add(
                    new Document()
                            .with("schedule", each.name())
                            .with("next", next.map(Object::toString).orElse("")));
            if (format == Format.TEXT) {
                var caller = given.caller();
                caller.print("added " + each.name() + ": " + each.rules().trigger());
                caller.print(
                        next.map(at -> "fires next " + ScheduleTimes.shown(at, each.rules()))
                                .orElse("it will not fire again"));
            }
        }
        if (format != Format.TEXT) {
            given.caller().out().print(new Document().with("added", documents).as(format));
        }
    }
}
