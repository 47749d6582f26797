package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.journal.Requests;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.log.LogQuery;
import dev.sloth.core.log.LogReader;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// One run of the battery at a cluster whose processes die, and what is true of it in the end.
final class BatteredRun {
    private final Cluster cluster;
    private final Store store;
    private final Path script;
    private final Path effects;
    private final NumberedLines.Disk disk;
    private final InstantSource time = InstantSource.system();
    private final Set<AttemptId> decided = new HashSet<>();
    private Optional<Shell.Started> handing = Optional.empty();

    /// @param store that of the master
    /// @param disk of whoever has the least room
    BatteredRun(Cluster cluster, Store store, Path folder, NumberedLines.Disk disk)
            throws IOException {
        this.cluster = cluster;
        this.store = store;
        this.effects = Files.createDirectory(folder.resolve("effects"));
        this.disk = disk;
        this.script = folder.resolve("battery.sloth");
        Files.writeString(script, FleetBattery.script(effects));
    }

    /// Something that happens while a run goes on.
    @FunctionalInterface
    interface Blow {
        void strike() throws Exception;
    }

    /// A run from its beginning to its end, which is judged. Something happens to it when it has
    /// begun to do its work.
    ///
    /// @param folder for what it leaves, which is made
    static void whole(Cluster cluster, Path folder, NumberedLines.Disk disk, Blow blow)
            throws Exception {
        try (var store =
                SqliteStore.open(cluster.data(), StoreConfig.DEFAULT, InstantSource.system())) {
            var run = new BatteredRun(cluster, store, Files.createDirectory(folder), disk);
            run.begin();
            cluster.await("work to be done", () -> run.goesOn() || run.done() >= 2);
            blow.strike();
            run.end();
            run.judge();
        }
    }

    int decisions() {
        return decided.size();
    }

    // ---- driving

    /// Hands it over.
    void begin() throws Exception {
        handing = Optional.of(cluster.begin("run", script.toString(), "--detach"));
    }

    private Optional<RunRow> row() {
        return store.runs().list(RunQuery.ALL).stream()
                .filter(run -> run.script().equals(script.toString()))
                .findFirst();
    }

    boolean ended() {
        return row().filter(run -> run.progress().ended()).isPresent();
    }

    /// How many lines the attempts have left.
    int done() throws IOException {
        int done = 0;
        for (var lines : effects().values()) {
            done += lines.size();
        }
        return done;
    }

    /// Decides what has to be decided, until it has ended.
    void end() throws Exception {
        cluster.await("the end of the run", this::goesOn);
        var run = row().orElseThrow().id();
        cluster.await(
                "that nothing is kept of its orders",
                () ->
                        store.cluster().read(ClusterTables::orders).stream()
                                .noneMatch(order -> order.run().equals(run.text())));
    }

    /// Does what people would do meanwhile.
    ///
    /// @return whether it has ended
    boolean goesOn() throws Exception {
        handOver();
        decide();
        return ended();
    }

    /// Whoever could not hand it over does it again, as a user would.
    private void handOver() throws Exception {
        if (handing.filter(each -> !each.process().isAlive()).isEmpty()) {
            return;
        }
        var handed = cluster.await(handing.get());
        handing = Optional.empty();
        assertThat(handed.code()).as(handed.all()).isIn(0, 4);
        if (handed.code() == 0) {
            assertThat(row().map(run -> run.id().text()))
                    .as("what was said to be taken in")
                    .contains(handed.out().strip());
        } else if (row().isEmpty()) {
            begin();
        }
    }

    /// As somebody does who looks at the files.
    private void decide() throws IOException {
        var row = row();
        if (row.isEmpty() || row.get().progress().ended()) {
            return;
        }
        var report = report(row.get().id());
        for (var task : report.tasks()) {
            if (task.status() == TaskStatus.UNDECIDED) {
                decide(new AttemptId(report.run(), task.name(), task.attempts()));
            }
        }
    }

    private void decide(AttemptId id) throws IOException {
        if (decided.add(id)) {
            boolean did = !left(id).isEmpty();
            var ruling = did ? new Ruling.Succeeded(new DataTable()) : new Ruling.Again();
            var body = Requests.decision(id, ruling, "the battery", time.instant());
            store.requests()
                    .ask(id.run(), Request.Kind.DECIDE, body, "the battery", time.instant());
        }
    }

    private RunReport report(RunId run) {
        return RunReport.of(new RunHistory(store.runs(), run).state());
    }

    // ---- judging

    private Map<String, List<String>> effects() throws IOException {
        var all = new HashMap<String, List<String>>();
        try (var files = Files.list(effects)) {
            for (var file : files.toList()) {
                all.put(String.valueOf(file.getFileName()), Files.readAllLines(file));
            }
        }
        return all;
    }

    private static String file(AttemptId id) {
        return id.task().text() + "-" + id.number();
    }

    private List<String> left(AttemptId id) throws IOException {
        return effects().getOrDefault(file(id), List.of());
    }

    private Map<AttemptId, Outcome> outcomes(RunId run) {
        var outcomes = new LinkedHashMap<AttemptId, Outcome>();
        new RunHistory(store.runs(), run)
                .events(
                        1,
                        (_, event) -> {
                            if (event instanceof RunEvent.AttemptEnded(_, var id, var outcome)) {
                                assertThat(outcomes.put(id, outcome)).as("%s", id).isNull();
                            }
                        });
        return outcomes;
    }

    /// Nothing was lost, nothing was done twice, no line is missing.
    void judge() throws IOException {
        var run = row().orElseThrow().id();
        var report = report(run);
        var outcomes = outcomes(run);
        assertThat(report.status())
                .as("%s: %s; %s", run, report.message(), outcomes)
                .isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.tasks()).hasSize(FleetBattery.TASKS);
        var effects = effects();
        assertThat(outcomes.keySet().stream().map(BatteredRun::file))
                .as("the attempts that did something")
                .containsAll(effects.keySet());
        outcomes.forEach(
                (id, outcome) -> attempt(id, outcome, effects.getOrDefault(file(id), List.of())));
        for (var task : report.tasks()) {
            task(task.name().text(), outcomes, effects);
        }
        lines(run, outcomes);
    }

    private static void attempt(AttemptId id, Outcome outcome, List<String> left) {
        assertThat(left).as("%s was done once: %s", id, outcome).doesNotHaveDuplicates();
        var kind = FleetBattery.Kind.of(id.task().text());
        int whole = kind == FleetBattery.Kind.EACH ? FleetBattery.AGENTS : 1;
        assertThat(left.size()).as("%s: %s", id, outcome).isLessThanOrEqualTo(whole);
        boolean came = outcome.status() != Outcome.Status.UNKNOWN;
        if (came) {
            assertThat(left.size()).as("%s: %s", id, outcome).isEqualTo(whole);
        }
    }

    /// What was done once for a task was done once in all, but for what is declared to be
    /// repeatable.
    private static void task(
            String name, Map<AttemptId, Outcome> outcomes, Map<String, List<String>> effects) {
        int unknown = 0;
        int done = 0;
        for (var each : outcomes.entrySet()) {
            if (each.getKey().task().text().equals(name)) {
                done += effects.getOrDefault(file(each.getKey()), List.of()).size();
                unknown += each.getValue().status() == Outcome.Status.UNKNOWN ? 1 : 0;
            }
        }
        var kind = FleetBattery.Kind.of(name);
        int least = kind == FleetBattery.Kind.RETRIED && unknown > 0 ? 1 : kind.effects();
        int most = kind.effects();
        if (kind == FleetBattery.Kind.AGAIN) {
            most += unknown;
        } else if (kind == FleetBattery.Kind.EACH) {
            most += unknown * (FleetBattery.AGENTS - 1);
            least = unknown > 0 ? 1 : least;
        }
        assertThat(done).as("%s: %s", name, outcomes).isBetween(least, most);
    }

    /// The lines of an attempt are numbered from 1 without a gap, and those of one that came to its
    /// end are all there, but where they say themselves that some could not be written.
    private void lines(RunId run, Map<AttemptId, Outcome> outcomes) {
        var said = new HashMap<String, List<String>>();
        boolean _ =
                new LogReader(store.logs(), run, LogQuery.ALL)
                        .read(line ->
                                said.computeIfAbsent(
                                                file(line.id()) + line.line().agent(),
                                                _ -> new ArrayList<>())
                                        .add(line.line().text()));
        said.forEach((who, lines) ->
                assertThat(NumberedLines.fault(lines, disk)).as("%s: %s", who, outcomes).isEmpty());
        outcomes.forEach((id, outcome) -> {
            for (var agent : agents(id)) {
                var who = file(id) + agent;
                if (outcome.status() != Outcome.Status.UNKNOWN) {
                    var lines = said.getOrDefault(who, List.of());
                    assertThat(NumberedLines.fault(lines, disk, FleetBattery.LINES))
                            .as("%s: %s", who, outcome)
                            .isEmpty();
                }
            }
        });
    }

    private static List<String> agents(AttemptId id) {
        return FleetBattery.Kind.of(id.task().text()) == FleetBattery.Kind.EACH
                ? IntStream.rangeClosed(1, FleetBattery.AGENTS).mapToObj(i -> "a" + i).toList()
                : List.of("");
    }
}
