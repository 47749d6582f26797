package dev.sloth.cli;

import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.log.Grep;
import dev.sloth.core.log.LogQuery;
import dev.sloth.core.log.LogReader;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.Store;
import dev.sloth.drive.CountedLogs;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `runs logs`: shows what the attempts of a run wrote, also while it goes on in another process.
final class RunsLogs implements Command {
    static final String FOLLOW = "--follow";

    /// How often a run that goes on is looked at.
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final Function<Given, Store> stores;
    private final InstantSource time;
    private final ZoneId zone;
    private final LogReader.Pause pause;

    RunsLogs(
            Function<Given, Store> stores, InstantSource time, ZoneId zone, LogReader.Pause pause) {
        this.stores = stores;
        this.time = time;
        this.zone = zone;
        this.pause = pause;
    }

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "logs",
                        "Shows the output of a run's tasks, in the order in which it came.",
                        "",
                        "RUN is an id, the beginning of one, or `last`. Each line begins with its"
                                + " task, unless one task is asked for.");
        spec.addPositional(Specs.positionals("RUN", 1, 1, "Which run."));
        spec.addOption(
                Specs.many("TASK", "Of this task. May be given several times.", "-t", "--task"));
        spec.addOption(Specs.flag("Goes on until the run has ended.", "-f", FOLLOW));
        spec.addOption(
                Specs.text(
                        "TIME",
                        "Only what came since: 10m ago, or at a time such as 2026-01-02T03:04:05.",
                        "--since"));
        spec.addOption(
                Specs.text(
                        "RE",
                        "Only lines in which this regular expression is found, as grep -E does;"
                                + " (?i) at its start ignores capitals.",
                        "--grep"));
        spec.addOption(Specs.text("N", "Of this attempt of each task.", "--attempt"));
        spec.addOption(Specs.text("N", "Only the last N lines of what is there.", "--lines"));
        spec.addOption(
                Specs.text(
                        "BYTES",
                        "With one -t: only from this offset on, as -o json tells it.",
                        "--offset"));
        MasterOptions.addChoice(spec);
        spec.addOption(Specs.format("text", "json"));
        return spec;
    }

    @Override
    public boolean answersByLine() {
        return true;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        boolean json = given.format().equals("json");
        var query = query(given);
        boolean follow = given.has(FOLLOW);
        try (var store = stores.apply(given)) {
            var run =
                    WhichRun.of(
                                    store.runs(),
                                    given.positionals().getFirst(),
                                    MasterOptions.vantage(given)::command)
                            .id();
            if (!follow) {
                checkTasks(store, run, given.many("--task"));
            }
            boolean named = given.many("--task").size() != 1;
            var logs = new LogsAroundDamage(store.logs());
            var sink = new LogSink(given.caller(), json, named);
            show(new LogReader(logs, run, query), sink, follow, store, run);
            var damaged = new ArrayList<>(logs.damaged());
            if (!MasterOptions.chosen(given)) {
                var folder = given.caller().home().resolve("runs").resolve(run.text());
                CountedLogs.missing(store.logs(), run, folder).ifPresent(damaged::add);
            }
            if (!damaged.isEmpty()) {
                throw StoreProblems.damaged(
                        damaged, "look after the disk; the rest of the output was shown");
            }
        } catch (Grep.TooCostly e) {
            throw wrong("--grep: " + e.getMessage(), "write it with fewer nested * and +");
        }
        return Exit.OK;
    }

    private void show(LogReader reader, LogSink sink, boolean follow, Store store, RunId run)
            throws InterruptedException {
        if (!follow) {
            reader.read(sink);
            sink.flush();
            return;
        }
        reader.follow(
                sink,
                INTERVAL,
                () -> ended(store, run),
                length -> {
                    sink.flush();
                    pause.pause(length);
                });
        sink.flush();
    }

    /// A run that was deleted meanwhile has ended too.
    private static boolean ended(Store store, RunId run) {
        return store.runs().find(run).map(row -> row.progress().ended()).orElse(true);
    }

    private LogQuery query(Given given) {
        var names = given.many("--task");
        boolean counted = given.has("--offset");
        var query =
                LogQuery.ALL
                        .ofTasks(counted ? tasks(names) : withBeside(tasks(names)))
                        .ofAttempt((int) whole(given, "--attempt", 1, Integer.MAX_VALUE))
                        .fromOffset(whole(given, "--offset", 0, Long.MAX_VALUE))
                        .last((int) whole(given, "--lines", 1, LogQuery.LAST_MAX));
        if (counted && names.size() != 1) {
            throw wrong("--offset needs one -t", "offsets are counted in each task's own output");
        }
        if (given.has("--since")) {
            query = query.since(Since.parse(given.text("--since", ""), time.instant(), zone));
        }
        return given.has("--grep") ? query.grep(grep(given.text("--grep", ""))) : query;
    }

    private static Set<TaskName> tasks(List<String> names) {
        if (names.stream().anyMatch(String::isBlank)) {
            throw wrong("--task needs the name of a task", "try `runs logs --help`");
        }
        return names.stream().map(TaskName::new).collect(Collectors.toSet());
    }

    /// What is done beside the tasks is asked for by the name that people see.
    private static Set<TaskName> withBeside(Set<TaskName> tasks) {
        var all = new HashSet<>(tasks);
        for (var task : tasks) {
            all.add(TaskName.ofPlacing(task));
            all.add(TaskName.ofCondition(task.text()));
            Stream.of(WorkflowHook.values())
                    .map(TaskName::of)
                    .filter(hook -> hook.toString().equals(task.text()))
                    .forEach(all::add);
        }
        return all;
    }

    /// 0 when it was not given.
    private static long whole(Given given, String option, long min, long max) {
        if (!given.has(option)) {
            return 0;
        }
        var word = given.text(option, "");
        try {
            long number = Long.parseLong(word);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            throw outOfRange(option, word, min, max);
        }
        throw outOfRange(option, word, min, max);
    }

    private static Problems outOfRange(String option, String word, long min, long max) {
        return wrong(
                option + " cannot be '" + word + "'",
                "it must be a whole number from %d to %d".formatted(min, max));
    }

    private static Grep grep(String expression) {
        try {
            return new Grep(expression);
        } catch (IllegalArgumentException e) {
            var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw wrong(
                    "--grep cannot be '%s': %s".formatted(shortened(expression), why),
                    "put a \\ before each of . [ ( { * + ? ^ $ | \\ that is meant as it stands");
        }
    }

    private static String shortened(String expression) {
        int most = 60;
        return expression.length() <= most ? expression : expression.substring(0, most) + "...";
    }

    /// Tasks that have not begun are nothing to look at; more likely the name is mistyped.
    private static void checkTasks(Store store, RunId run, List<String> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        var begun =
                Stream.concat(
                                store.attempts().of(run).stream().map(AttemptRow::id),
                                store.logs().extents(run).stream().map(LogStore.Extent::id))
                        .map(id -> id.task().toString())
                        .distinct()
                        .toList();
        var problems = new ArrayList<Problem>();
        for (var task : wanted) {
            if (!begun.contains(task)) {
                problems.add(
                        new Problem(
                                "SLOTH-9020",
                                "no task '%s' of run %s has begun".formatted(task, run),
                                Span.NOWHERE,
                                Nearest.hint(task, begun, "without -t all are shown")));
            }
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
    }

    private static Problems wrong(String message, String remedy) {
        return new Problems(new Problem("SLOTH-9001", message, Span.NOWHERE, remedy));
    }
}
