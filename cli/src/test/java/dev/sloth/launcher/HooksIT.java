package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hooks and watchers under a real `serve`, which is killed.
final class HooksIT {
    private static final int ROUNDS = 5;
    private static final int EVENTS_A_ROUND = 6;
    private static final int LOOK_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private Shell shell = Shell.in(Path.of("."), Path.of("."));

    @BeforeEach
    void makeHome() throws IOException {
        shell = Shell.in(folder, Files.createDirectory(folder.resolve("home")));
    }

    private Shell.Ended sloth(String... words) throws Exception {
        var line = new ArrayList<>(List.of(Shell.root().resolve("sloth-runner").toString()));
        line.addAll(List.of(words));
        return shell.run(line.toArray(String[]::new));
    }

    private String command(String... words) throws Exception {
        var ended = sloth(words);
        assertThat(ended.code()).as(ended.all()).isZero();
        return ended.out();
    }

    private Shell.Started serve() throws IOException {
        return shell.start(
                Shell.root().resolve("sloth-runner").toString(),
                "serve",
                "-o",
                "json",
                "--serve-grace",
                "2s");
    }

    private void hook(String name, String body) throws Exception {
        Files.writeString(
                folder.resolve(name + ".lua"),
                "function on_event(event)\n%s\nend\n".formatted(body));
        command("hook", "add", name, "--file", name + ".lua", "--type", "*", "--when", MINE);
    }

    /// Only what a test tells itself.
    private static final String MINE = "event.type:match('^mine')";

    private String noting(Path file) {
        return "local f = io.open('%s', 'a') f:write(event.id .. ' ' .. event.data.n .. '\\n') f:close()"
                .formatted(file);
    }

    private static void kill(Shell.Started started) throws InterruptedException {
        started.process().descendants().forEach(ProcessHandle::destroyForcibly);
        started.process().destroyForcibly().waitFor();
    }

    /// Something that comes true in time.
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Shell.Started serving, Condition done) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        while (!done.holds()) {
            assertThat(Instant.now())
                    .as("in time: %s", Files.readString(serving.out()))
                    .isBefore(deadline);
            assertThat(serving.process().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                    .as("still serving")
                    .isFalse();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /// Before it says that it serves, it knows no signal.
    private Shell.Ended end(Shell.Started serving) throws Exception {
        until(serving, () -> Files.readString(serving.out()).contains("\"event\":\"serving\""));
        serving.process().destroy();
        return shell.await(serving);
    }

    @Test
    void never_is_an_event_lost_nor_told_out_of_order_when_serve_is_killed() throws Exception {
        var effects = folder.resolve("effects");
        hook("note", noting(effects) + " return true");
        var random = new SplittableRandom(20_261_127);
        int told = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var serving = serve();
            for (int i = 0; i < EVENTS_A_ROUND; i++) {
                command("events", "dispatch", "mine", "{\"n\": %d}".formatted(++told));
            }
            boolean _ = serving.process().waitFor(random.nextInt(1, 1_500), TimeUnit.MILLISECONDS);
            kill(serving);
        }
        int all = told;
        var last = serve();
        until(last, () -> new HashSet<>(lines(effects)).size() == all);
        // A hook whose effect is seen is not yet a hook whose end is kept.
        until(last, () -> command("hook", "show", "note").contains("0 pending"));
        var ended = end(last);
        assertThat(ended.code()).as(ended.all()).isZero();

        // Only what was under way when serve was killed comes again, and before what follows it.
        var once = lines(effects).stream().distinct().toList();
        assertThat(once)
                .extracting(line -> Integer.valueOf(line.replaceAll(".* ", "")))
                .isSorted()
                .hasSize(told);
        assertThat(lines(effects).size() - once.size()).isLessThanOrEqualTo(ROUNDS);
        assertThat(command("hook", "show", "note")).contains("0 pending", "0 dead");
    }

    @Test
    void a_hook_that_loops_or_fails_holds_up_nobody_and_ends_among_the_dead() throws Exception {
        Files.writeString(folder.resolve("loop.lua"), "function on_event() while true do end end");
        command(
                "hook",
                "add",
                "loop",
                "--file",
                "loop.lua",
                "--type",
                "mine.*",
                "--timeout",
                "200ms",
                "--attempts",
                "2");
        var effects = folder.resolve("effects");
        hook("note", noting(effects) + " return true");
        for (int i = 0; i < 3; i++) {
            command(
                    "events",
                    "dispatch",
                    "mine.x",
                    "{\"n\": %d}".formatted(i),
                    "--subject",
                    "s" + i);
        }
        var serving = serve();
        until(serving, () -> lines(effects).size() == 3);
        until(serving, () -> command("hook", "show", "loop").contains("0 pending, 0 done, 3 dead"));
        var dead = command("hook", "dead", "loop");
        assertThat(dead).contains("it took longer than 200ms");

        Files.writeString(folder.resolve("loop.lua"), "function on_event() return true end");
        var number = dead.lines().skip(1).findFirst().orElseThrow().replaceAll(" .*", "");
        command("hook", "retry", number);
        until(serving, () -> command("hook", "show", "loop").contains("0 pending, 1 done, 2 dead"));
        assertThat(end(serving).out()).contains("\"result\":\"dead\"");
    }

    @Test
    void hooks_that_set_off_each_other_come_to_an_end() throws Exception {
        Files.writeString(
                folder.resolve("again.lua"),
                "function on_event(e) return event.dispatch(e.type, {}) end");
        command(
                "hook",
                "add",
                "again",
                "--file",
                "again.lua",
                "--type",
                "mine.*",
                "--attempts",
                "1");
        var serving = serve();
        command("events", "dispatch", "mine.start");
        until(serving, () -> command("hook", "show", "again").contains("1 dead"));
        assertThat(command("events", "list", "--type", "mine.*").lines()).hasSize(1 + 9);
        assertThat(command("hook", "dead", "again")).contains("chain of more than 8 causes");
        end(serving);
    }

    @Test
    void hooks_that_set_off_themselves_by_commands_and_runs_come_to_an_end() throws Exception {
        var program = Shell.root().resolve("sloth-runner");
        Files.writeString(
                folder.resolve("set.lua"),
                """
                function on_event(e)
                  local number = e.data.new + 1
                  return exec.run{ "%s", "state", "set", "clik", tostring(number) }
                end
                """
                        .formatted(program));
        Files.writeString(
                folder.resolve("run.lua"),
                "function on_event(e) return exec.run{ '%s', 'run', 'w.sloth' } end"
                        .formatted(program));
        Files.writeString(
                folder.resolve("w.sloth"),
                "workflow.define('w'):tasks({ task('t'):command('true') })");
        command("hook", "add", "set", "--file", "set.lua", "--type", "state.changed");
        command("hook", "add", "run", "--file", "run.lua", "--type", "run.completed");
        command("state", "set", "clik", "0");
        var serving = serve();
        command("state", "set", "clik", "1");
        until(serving, () -> Files.readString(serving.out()).contains("too long a chain"));
        assertThat(command("state", "get", "clik").strip()).isEqualTo("10");
        command("run", "w.sloth");
        until(
                serving,
                () -> Files.readString(serving.out()).split("too long a chain", -1).length == 3);
        var runs = command("events", "list", "--type", "run.completed", "--limit", "1");
        var id = runs.lines().skip(1).findFirst().orElseThrow().strip().replaceAll(" .*", "");
        assertThat(command("events", "show", id)).contains("-> hook run", "run.completed (");
        end(serving);
    }

    @Test
    void a_file_that_is_watched_and_a_run_that_fails_are_told_to_hooks() throws Exception {
        var effects = folder.resolve("effects");
        var watched = Files.createDirectory(folder.resolve("watched"));
        Files.writeString(
                folder.resolve("types.lua"),
                "function on_event(e) local f = io.open('%s', 'a') f:write(e.type .. '\\n') f:close() return true end"
                        .formatted(effects));
        command(
                "hook",
                "add",
                "types",
                "--file",
                "types.lua",
                "--type",
                "file.created",
                "--type",
                "workflow.failed");
        Files.writeString(
                folder.resolve("w.sloth"),
                """
                local t = task("t"):command(function()
                  watcher.register.file{ file_path = "%s", interval = "200ms" }
                  return false, "as it should"
                end)
                workflow.define("w"):tasks({ t })
                """
                        .formatted(watched));
        assertThat(sloth("run", "w.sloth").code()).isEqualTo(1);
        var serving = serve();
        until(serving, () -> lines(effects).contains("run.failed"));
        var other = serve();
        int[] number = {0};
        until(
                serving,
                () -> {
                    Files.createFile(watched.resolve("file" + number[0]++));
                    return lines(effects).contains("file.created");
                });
        end(other);
        end(serving);
        var seen = command("events", "list", "--type", "file.created").lines().skip(1).toList();
        assertThat(seen.stream().map(line -> line.replaceAll(".*(/file\\d+).*", "$1")))
                .doesNotHaveDuplicates();
    }
}
