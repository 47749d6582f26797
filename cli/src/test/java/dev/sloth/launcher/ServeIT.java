package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.schedule.Scheduler;
import dev.sloth.core.store.FireRow;
import dev.sloth.core.store.FireStatus;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.Store;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `serve` as real processes, which are killed.
final class ServeIT {
    private static final int ROUNDS = 6;
    private static final int LOOK_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final InstantSource time = InstantSource.system();
    @TempDir private Path folder;
    private Shell shell = Shell.in(Path.of("."), Path.of("."));
    private Path home = Path.of(".");

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        shell = Shell.in(folder, home);
    }

    private static String program() {
        return Shell.root().resolve("sloth-runner").toString();
    }

    private void command(String... words) throws Exception {
        var line = new ArrayList<>(List.of(program()));
        line.addAll(List.of(words));
        var ended = shell.run(line.toArray(String[]::new));
        assertThat(ended.code()).as(ended.all()).isZero();
    }

    private Store store() {
        return SqliteStore.open(home.resolve(".sloth-runner"), StoreConfig.DEFAULT, time);
    }

    private Shell.Started serve(String... more) throws IOException {
        var line = new ArrayList<>(List.of(program(), "serve", "-o", "json"));
        line.addAll(List.of(more));
        return shell.start(line.toArray(String[]::new));
    }

    private void script(String name, String command) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "local t = task('t'):command(%s)\nworkflow.define('w'):tasks({ t })\n"
                        .formatted(command));
    }

    private static void until(Process process, BooleanSupplier done) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(deadline);
            assertThat(process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                    .as("still serving")
                    .isFalse();
        }
    }

    private static void kill(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    @Test
    void never_does_a_time_fire_twice_nor_get_lost_when_two_serve_and_are_killed()
            throws Exception {
        var effects = folder.resolve("effects");
        script(
                "tick.sloth",
                "function(this) local f = io.open('%s', 'a') f:write(this.run_id .. ' ' .. values.schedule.time .. '\\n') f:close() return true end"
                        .formatted(effects));
        command(
                "schedule",
                "add",
                "tick",
                "-f",
                "tick.sloth",
                "--cron",
                "* * * * * *",
                "--overlap",
                "allow",
                "--missed",
                "all",
                "--catch-up-max",
                "1000",
                "--queue-max",
                "1000");
        var random = new SplittableRandom(20_261_126);
        try (var store = store()) {
            for (int round = 0; round < ROUNDS; round++) {
                var one = serve();
                var other = serve();
                boolean _ =
                        one.process().waitFor(random.nextInt(700, 4_000), TimeUnit.MILLISECONDS);
                kill(one.process());
                boolean _ =
                        other.process().waitFor(random.nextInt(1, 1_500), TimeUnit.MILLISECONDS);
                kill(other.process());
            }
            var last = serve();
            var end = time.instant();
            until(last.process(), () -> isDoneUpTo(store, end));
            last.process().destroy();
            var ended = shell.await(last);
            assertThat(ended.code()).as(ended.all()).isZero();
            judge(store, end, Files.readAllLines(effects));
        }
    }

    private static boolean isDoneUpTo(Store store, Instant end) {
        var row = store.schedules().find("tick").orElseThrow();
        return row.considered().isAfter(end)
                && store.schedules().open().stream()
                        .filter(fire -> !fire.at().isAfter(end))
                        .allMatch(fire -> fire.status() == FireStatus.STARTED);
    }

    /// @param end times after it may wait for the next that serves
    private static void judge(Store store, Instant end, List<String> effects) {
        assertThat(effects).as("a run's effect").doesNotHaveDuplicates().hasSizeGreaterThan(10);
        var runs = new HashMap<String, String>();
        for (var run : store.runs().list(RunQuery.ALL)) {
            var fire = run.labels().getOrDefault("fire", "");
            assertThat(runs.put(fire, run.id().text())).as("runs of %s", fire).isNull();
            assertThat(effects)
                    .as("the time that the script was told")
                    .filteredOn(line -> line.startsWith(run.id().text()))
                    .allMatch(line -> line.endsWith(" " + fire));
        }
        var row = store.schedules().find("tick").orElseThrow();
        var decided = new HashSet<Instant>();
        for (FireRow fire : store.schedules().fires(row.number(), 1_000)) {
            assertThat(fire.count()).isOne();
            assertThat(decided.add(fire.at())).isTrue();
            assertThat(fire.status()).as("%s", fire).isNotIn(FireStatus.SKIPPED, FireStatus.FAILED);
            boolean waits = fire.at().isAfter(end) && fire.status() == FireStatus.READY;
            var run = fire.runId().map(id -> runs.containsValue(id.text())).orElse(false);
            assertThat(run || waits).as("a run: %s", fire).isTrue();
        }
        var timing = Scheduler.rules(row).timing();
        for (var at = timing.next(row.addedAt());
                at.isPresent() && !at.get().isAfter(row.considered());
                at = timing.next(at.get())) {
            assertThat(decided).contains(at.get());
        }
    }

    @Test
    void a_run_that_takes_too_long_is_cancelled_when_serve_is_told_to_end() throws Exception {
        script("long.sloth", "'sleep 300'");
        command("schedule", "add", "long", "-f", "long.sloth", "--every", "1s");
        try (var store = store()) {
            var serving = serve("--serve-grace", "500ms");
            until(serving.process(), () -> isRunning(store));
            serving.process().destroy();
            var ended = shell.await(serving);

            assertThat(ended.code()).as(ended.all()).isZero();
            assertThat(ended.out()).contains("\"event\":\"stopped\"");
            assertThat(store.runs().list(RunQuery.ALL).getFirst().progress().status())
                    .isEqualTo("cancelled");
        }
    }

    private static boolean isRunning(Store store) {
        return store.runs().list(RunQuery.ALL).stream()
                .anyMatch(run -> run.progress().status().equals("running"));
    }

    @Test
    void the_next_serve_goes_on_with_a_run_whose_serve_was_killed() throws Exception {
        var begun = folder.resolve("begun");
        var gate = folder.resolve("gate");
        Files.writeString(
                folder.resolve("two.sloth"),
                """
                local a = task('a'):command('true')
                local b = task('b'):depends_on('a'):idempotent()
                    :command('touch %s; while [ ! -e %s ]; do sleep 0.1; done')
                workflow.define('w'):tasks({ a, b })
                """
                        .formatted(begun, gate));
        command("schedule", "add", "two", "-f", "two.sloth", "--at", "+1s");
        try (var store = store()) {
            var first = serve();
            // Killed while 'a' runs, it would be for a person to say what became of it.
            until(first.process(), () -> Files.exists(begun));
            kill(first.process());
            Files.createFile(gate);
            var second = serve();
            until(
                    second.process(),
                    () -> store.runs().list(RunQuery.ALL).getFirst().progress().ended());
            second.process().destroy();

            assertThat(shell.await(second).out()).contains("\"event\":\"resumed\"");
            assertThat(store.runs().list(RunQuery.ALL)).hasSize(1);
            assertThat(store.runs().list(RunQuery.ALL).getFirst().progress().status())
                    .isEqualTo("succeeded");
        }
    }

    @Test
    void a_script_that_is_gone_fails_its_time_and_nothing_else() throws Exception {
        script("gone.sloth", "'true'");
        command("schedule", "add", "gone", "-f", "gone.sloth", "--every", "1s");
        Files.delete(folder.resolve("gone.sloth"));
        try (var store = store()) {
            var row = store.schedules().find("gone").orElseThrow();
            var serving = serve();
            until(serving.process(), () -> store.schedules().fires(row.number(), 9).size() > 2);
            serving.process().destroy();
            assertThat(shell.await(serving).code()).isZero();

            var fires = store.schedules().fires(row.number(), 9);
            assertThat(fires.getLast().status()).isIn(FireStatus.FAILED, FireStatus.SKIPPED);
            assertThat(fires).anyMatch(f -> f.why().contains("gone.sloth"));
        }
    }
}
