package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.journal.Requests;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.Store;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One run of the battery whose runners are killed now and then, until it has ended.
final class CrashedRun {
    private static final int RESUMES_MAX = 40;
    private static final int KILLS_MAX = 2;
    private static final int LOOK_MILLIS = 3;
    private static final int SECONDS_MAX = 120;
    private static final Pattern TOLD = Pattern.compile("\\[(\\w+)] succeeded after .*");

    private final Shell shell;
    private final Path script;
    private final Path effects;
    private final RandomGenerator random;
    private final How how;
    private final InstantSource time = InstantSource.system();
    private final Store store;
    int kills;
    int decided;

    /// What a kill takes with it.
    enum How {
        RUNNER,
        GROUP,
        /// All that descends from the runner, in whatever group.
        ALL
    }

    CrashedRun(Path folder, Path home, How how, RandomGenerator random) throws IOException {
        this.how = how;
        this.random = random;
        this.shell = new Shell(folder, home, Shell.SHORT_LIVED);
        this.effects = folder.resolve("effects");
        this.script = folder.resolve("battery.sloth");
        Files.writeString(script, Battery.script(effects));
        this.store = SqliteStore.open(home.resolve(".sloth-runner"), StoreConfig.DEFAULT, time);
    }

    /// Drives the run to its end through kills and judges what it did.
    void drive() throws Exception {
        try (store) {
            for (int i = 0; i < RESUMES_MAX && !ended(); i++) {
                var row = row();
                var words =
                        row.isPresent()
                                ? List.of("resume", row.get().id().text())
                                : List.of("run", script.toString());
                driveOnce(words);
                decide();
            }
            judge();
        }
    }

    private Optional<RunRow> row() {
        return store.runs().list(RunQuery.ALL).stream()
                .filter(run -> run.script().equals(script.toString()))
                .findFirst();
    }

    private boolean ended() {
        return row().filter(run -> run.progress().ended()).isPresent();
    }

    private void driveOnce(List<String> words) throws Exception {
        var line = new ArrayList<>(List.of("setsid", program()));
        line.addAll(words);
        var started = shell.start(line.toArray(String[]::new));
        if (kills == 0 || (kills < KILLS_MAX && random.nextInt(4) == 0)) {
            killSometime(started);
        }
        var ended = shell.await(started);
        acknowledged(ended.out());
        assertThat(ended.err()).as("%s", ended.all()).doesNotContain("SLOTH-9");
    }

    private static String program() {
        return Shell.root().resolve("sloth-runner").toString();
    }

    /// When so many tasks have left their line, and a little later.
    private void killSometime(Shell.Started started) throws Exception {
        int from = lines().size();
        int until = from + random.nextInt(Math.max(1, Battery.TASKS - from));
        var process = started.process();
        while (lines().size() < until) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        // The start of a runner counts as a moment, too.
        int latest = until == from ? 1_000 : 30;
        if (!process.waitFor(random.nextInt(latest), TimeUnit.MILLISECONDS)) {
            kill(process);
        }
    }

    private void kill(Process process) throws Exception {
        kills++;
        switch (how) {
            case RUNNER -> signal("-KILL", process.pid());
            case GROUP -> signal("-KILL", -process.pid());
            case ALL -> {
                signal("-STOP", process.pid());
                for (var child : process.descendants().toList()) {
                    signal("-KILL", child.pid());
                }
                signal("-KILL", process.pid());
            }
        }
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }

    /// Who is gone already needs no signal.
    private void signal(String signal, long pid) throws Exception {
        shell.run("kill", signal, "--", Long.toString(pid));
    }

    private List<String> lines() throws IOException {
        return Files.exists(effects) ? Files.readAllLines(effects) : List.of();
    }

    /// As somebody does who looks at the file.
    private void decide() throws IOException {
        var row = row();
        if (row.isEmpty()) {
            return;
        }
        var there = new HashSet<>(lines());
        var report = report(row.get().id());
        for (var task : report.tasks()) {
            if (task.status() == TaskStatus.UNDECIDED) {
                boolean did = there.contains(task.name().text());
                var ruling = did ? new Ruling.Succeeded(new DataTable()) : new Ruling.Again();
                var id = new AttemptId(report.run(), task.name(), task.attempts());
                var body = Requests.decision(id, ruling, "the battery", time.instant());
                decided++;
                store.requests()
                        .ask(
                                report.run(),
                                Request.Kind.DECIDE,
                                body,
                                "the battery",
                                time.instant());
            }
        }
    }

    private RunReport report(RunId run) {
        return RunReport.of(new RunHistory(store.runs(), run).state());
    }

    // ---- judging

    private List<RunEvent> events() {
        var events = new ArrayList<RunEvent>();
        row().ifPresent(run ->
                new RunHistory(store.runs(), run.id()).events(1, (_, event) -> events.add(event)));
        return events;
    }

    /// Whatever a runner said has succeeded is kept.
    private void acknowledged(String out) {
        Set<String> kept =
                events().stream()
                        .filter(RunEvent.TaskEnded.class::isInstance)
                        .map(RunEvent.TaskEnded.class::cast)
                        .filter(e -> e.status() == TaskStatus.SUCCEEDED)
                        .map(e -> e.task().text())
                        .collect(Collectors.toSet());
        var told = TOLD.matcher(out).results().map(m -> m.group(1)).collect(Collectors.toSet());
        assertThat(kept).as("told to have succeeded").containsAll(told);
    }

    private void judge() throws IOException {
        var row = row().orElseThrow();
        var report = report(row.id());
        assertThat(report.status()).as(report.message()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.tasks()).hasSize(Battery.TASKS);
        Map<String, Integer> done = new HashMap<>();
        lines().forEach(line -> done.merge(line, 1, Integer::sum));
        var unknown = unknown();
        for (var task : report.tasks()) {
            var name = task.name().text();
            int most = Battery.Kind.of(name) == Battery.Kind.AGAIN ? 1 + unknown(unknown, name) : 1;
            assertThat(done.getOrDefault(name, 0))
                    .as("%s after %d attempts", name, task.attempts())
                    .isBetween(1, most);
        }
        assertThat(done).hasSize(Battery.TASKS);
        if (how != How.ALL) {
            assertThat(unknown.keySet())
                    .as("commands live on and are found again")
                    .noneMatch(name -> Battery.Kind.of(name).survives());
        }
    }

    private static int unknown(Map<String, Integer> unknown, String name) {
        return unknown.getOrDefault(name, 0);
    }

    private Map<String, Integer> unknown() {
        Map<String, Integer> unknown = new HashMap<>();
        for (var event : events()) {
            if (event instanceof RunEvent.AttemptEnded(_, var id, var outcome)
                    && outcome.status() == Outcome.Status.UNKNOWN) {
                unknown.merge(id.task().text(), 1, Integer::sum);
            }
        }
        return unknown;
    }
}
