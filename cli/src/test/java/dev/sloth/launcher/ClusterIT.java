package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A master and its agents as real processes, which are killed.
final class ClusterIT {
    private static final int LOOK_MILLIS = 50;

    /// 96 MB is what it should be; machines differ.
    private static final long RSS_KIB_MAX = 128_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final List<Shell.Started> running = new ArrayList<>();
    private Shell shell = Shell.in(Path.of("."), Path.of("."));
    private String port = "0";

    @BeforeEach
    void makeHome() throws IOException {
        shell = Shell.in(folder, Files.createDirectory(folder.resolve("home")));
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (var each : running) {
            kill(each);
        }
    }

    private static void kill(Shell.Started started) throws InterruptedException {
        started.process().destroyForcibly().waitFor();
    }

    private static String[] line(String... words) {
        var line = new ArrayList<>(List.of(Shell.root().resolve("sloth-runner").toString()));
        line.addAll(List.of(words));
        return line.toArray(String[]::new);
    }

    private Shell.Started start(String... words) throws IOException {
        var started = shell.start(line(words));
        running.add(started);
        return started;
    }

    private Shell.Started master() throws Exception {
        var master = start("master", "--port", port, "-o", "json");
        var found = said(master, "\"event\":\"started\".*?\"port\":(\\d+)");
        port = found;
        return master;
    }

    private Shell.Started agent(String name, String... more) throws IOException {
        var words =
                new ArrayList<>(
                        List.of("agent", "start", "--master", at(), "--data", name, "-o", "json"));
        words.addAll(List.of(more));
        return start(words.toArray(String[]::new));
    }

    private String at() {
        return "localhost:" + port;
    }

    private Shell.Ended ask(String... words) throws Exception {
        var all = new ArrayList<>(List.of("agent"));
        all.addAll(List.of(words));
        all.addAll(List.of("--master", at()));
        return shell.run(line(all.toArray(String[]::new)));
    }

    private String token() throws Exception {
        var made = ask("token", "create");
        assertThat(made.code()).as(made.all()).isZero();
        return made.out().strip();
    }

    /// What the group of a pattern is once it stands in what a process says.
    private static String said(Shell.Started started, String pattern) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            var found = Pattern.compile(pattern).matcher(Files.readString(started.out()));
            if (found.find()) {
                return found.group(found.groupCount());
            }
            assertThat(Instant.now()).as("%s in time", pattern).isBefore(deadline);
            assertThat(started.process().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                    .as("%s before its end: %s", pattern, Files.readString(started.err()))
                    .isFalse();
        }
    }

    @Test
    void an_agent_joins_and_comes_back_after_either_side_was_killed() throws Exception {
        var master = master();
        var agent = agent("a", "--token", token(), "--name", "web1", "--tags", "web,eu");
        var _ = said(agent, "\"event\":\"connected\",.*\"session\":(1)");
        assertThat(ask("list").out()).contains("web1  connected").contains("web,eu");

        kill(master);
        var _ = said(agent, "\"event\":\"(away)\"");
        var again = master();
        var _ = said(again, "\"event\":\"(connected)\"");
        var _ = said(agent, "\"session\":(2)");

        kill(agent);
        var _ = said(again, "\"event\":\"(left)\"");
        assertThat(ask("list").out()).contains("web1  away");
        var second = agent("a");
        var _ = said(second, "\"session\":(3)");
        assertThat(ask("show", "web1", "-o", "json").out())
                .contains("\"state\" : \"connected\"", "\"session\" : 3");

        second.process().destroy();
        assertThat(shell.await(second).code()).isZero();
        running.remove(second);
        var _ = said(again, "\"why\":\"(on its own)\"");
        again.process().destroy();
        assertThat(shell.await(again).code()).isZero();
        running.remove(again);
    }

    @Test
    void a_revoked_agent_ends_within_seconds_and_says_why() throws Exception {
        var master = master();
        var agent = agent("a", "--token", token(), "--name", "web1");
        var _ = said(agent, "\"event\":\"(connected)\"");
        assertThat(ask("revoke", "web1").code()).isZero();
        assertThat(agent.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
        var ended = shell.await(agent);
        running.remove(agent);
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("SLOTH-4711", "was revoked", "help:");
        var _ = said(master, "\"event\":\"(revoked)\"");
    }

    @Test
    void whoever_is_refused_is_told_on_both_sides() throws Exception {
        var master = master();
        var token = token();
        var first = agent("a", "--token", token, "--name", "web1");
        var _ = said(first, "\"event\":\"(connected)\"");

        var used =
                shell.run(
                        line("agent", "start", "--master", at(), "--data", "b", "--token", token));
        assertThat(used.code()).as(used.all()).isEqualTo(3);
        assertThat(used.err()).contains("SLOTH-4706", "help:");
        var _ = said(master, "\"code\":\"(SLOTH-4706)\"");

        var taken =
                shell.run(
                        line(
                                "agent",
                                "start",
                                "--master",
                                at(),
                                "--data",
                                "b",
                                "--token",
                                token(),
                                "--name",
                                "web1"));
        assertThat(taken.code()).as(taken.all()).isEqualTo(3);
        assertThat(taken.err()).contains("SLOTH-4708", "help:");
        var _ = said(master, "\"code\":\"(SLOTH-4708)\"");
    }

    @Test
    void whoever_stops_following_leaves_the_run_to_its_master() throws Exception {
        var _ = master();
        var agent = agent("a", "--token", token(), "--name", "web1");
        var _ = said(agent, "\"event\":\"(connected)\"");
        var script = folder.resolve("long.sloth");
        var go = folder.resolve("go");
        Files.writeString(
                script,
                """
                local t = task("t"):command(
                    "echo here; while test -e %s && ! test -e %s; do sleep 0.1; done; echo there")
                workflow.define("long"):tasks({ t })
                """
                        .formatted(script, go));
        var following = start("run", "long.sloth", "--master", at());
        var _ = said(following, "\\[t\\] (here)");
        var pid = Long.toString(following.process().pid());
        assertThat(shell.run("kill", "-INT", pid).code()).isZero();
        var left = shell.await(following);
        running.remove(following);
        assertThat(left.code()).as(left.all()).isEqualTo(130);
        assertThat(left.err()).contains("goes on without you", " --master " + at());

        var run = left.err().replaceFirst("(?s).*run (\\S+) goes on without you.*", "$1");
        Files.createFile(go);
        var seen = shell.run(line("attach", run, "--master", at()));
        assertThat(seen.code()).as(seen.all()).isZero();
        assertThat(seen.out()).contains("[t] started", "[t] here", "[t] there");
    }

    @Test
    void an_agent_that_idles_is_lean_and_does_not_show_its_token() throws Exception {
        var _ = master();
        Files.writeString(folder.resolve("token"), token());
        var agent = agent("a", "--token-file", "token", "--name", "web1");
        var _ = said(agent, "\"event\":\"(connected)\"");
        var own = Path.of("/proc/" + agent.process().pid());
        assertThat(Files.readString(own.resolve("cmdline")))
                .contains("/agent.options", "/agent.aot")
                .doesNotContain("slj_");
        assertThat(Shell.root().resolve("cli/target/app/agent.aot")).isNotEmptyFile();
        var rss =
                Files.readAllLines(own.resolve("status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum();
        assertThat(rss).as("KiB that are resident").isBetween(1L, RSS_KIB_MAX);
    }

    @Test
    void a_master_begins_with_what_masters_before_it_have_learnt() throws Exception {
        var own = Path.of("/proc/" + master().process().pid());
        assertThat(Files.readString(own.resolve("cmdline"))).contains("/master.options");
        // A cache that does not fit is passed over without a word.
        assertThat(Files.readString(own.resolve("maps"))).contains("/master.aot");
    }

    @Test
    void people_have_roles_and_what_they_do_is_written_down() throws Exception {
        var master = master();
        var agent = agent("a", "--token", token(), "--name", "web1");
        var _ = said(agent, "\"event\":\"(connected)\"");
        var made = call("access", "create", "olga", "--role", "operator", "--file", "olga.pem");
        assertThat(made.code()).as(made.all()).isZero();
        assertThat(Files.getPosixFilePermissions(folder.resolve("olga.pem"))).hasSize(2);

        assertThat(ask("drain", "web1", "--credentials", "olga.pem").code()).isZero();
        var refused = ask("token", "create", "--credentials", "olga.pem");
        assertThat(refused.code()).as(refused.all()).isEqualTo(3);
        assertThat(refused.err()).contains("SLOTH-4713", "'operator'", "help:");
        assertThat(call("cluster", "status").out()).contains("1 draining", "256 main");

        kill(master);
        var _ = master();
        var audit = call("audit", "list", "--who", "user/olga");
        assertThat(audit.code()).as(audit.all()).isZero();
        assertThat(audit.out().lines().skip(1).map(line -> line.replaceAll(" +", " ")))
                .hasSize(2)
                .anyMatch(
                        line -> line.contains(" Administration.DrainAgent web1 allowed 1 draining"))
                .anyMatch(line -> line.contains(" Administration.CreateToken - refused 1 "));
        assertThat(call("access", "revoke", "olga").code()).isZero();
        assertThat(ask("list", "--credentials", "olga.pem").err()).contains("SLOTH-4732");
    }

    @Test
    void a_master_runs_what_its_schedules_say_and_lets_hooks_react() throws Exception {
        var master = master();
        var agent = agent("a", "--token", token(), "--name", "web1");
        var _ = said(agent, "\"event\":\"(connected)\"");
        var own = shell.with("SLOTH_HOME", folder.resolve("home/.sloth-runner/master").toString());
        Files.writeString(
                folder.resolve("tick.sloth"),
                """
                local t = task("t"):command("echo it is $AT"):env({ AT = values.schedule and values.schedule.name })
                workflow.define("tick"):tasks({ t })
                """);
        Files.writeString(
                folder.resolve("mark.lua"),
                """
                return {
                    event_types = { "run.completed" },
                    execute = function(event)
                        return true, "marked " .. event.subject
                    end,
                }
                """);
        var hook = own.run(line("hook", "add", "--file", "mark.lua"));
        assertThat(hook.code()).as(hook.all()).isZero();
        var added = own.run(line("schedule", "add", "soon", "-f", "tick.sloth", "--every", "1s"));
        assertThat(added.code()).as(added.all()).isZero();

        var run =
                said(
                        master,
                        "\"event\":\"started\",[^\n]*\"schedule\":\"soon\",[^\n]*\"run\":\"(\\S+?)\"");
        var _ = said(master, "\"run\":\"" + run + "\",[^\n]*\"status\":\"(succeeded)\"");
        assertThat(call("runs", "logs", run).out()).contains("it is soon");
        var _ =
                said(
                        master,
                        "\"event\":\"hook\",[^\n]*\"hook\":\"mark\",[^\n]*\"result\":\"(done)\"");
        assertThat(own.run(line("events", "list", "--type", "agent.*")).out())
                .contains("agent.joined", "agent.connected", "web1");
        assertThat(own.run(line("hook", "history", "mark")).out()).contains("marked " + run);
    }

    private Shell.Ended call(String... words) throws Exception {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--master", at()));
        return shell.run(line(all.toArray(String[]::new)));
    }

    @Test
    void where_no_master_listens_that_is_said() throws Exception {
        var _ = master();
        port = "1";
        var ended = ask("list");
        assertThat(ended.code()).as(ended.all()).isEqualTo(4);
        assertThat(ended.err()).contains("SLOTH-4701", "help:");
    }
}
