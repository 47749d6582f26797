package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who follows a run of a master is told of each agent that does a task, before all else of it.
@Timeout(120)
class BeginningsShownTest {
    /// Tasks so short that they are often over before anybody looks where they are.
    private static final String SHORT =
            """
            local one = task("one"):delegate_to("web1"):command("echo a")
            local mute = task("mute"):delegate_to("db1"):command("true")
            local any = task("any"):command("echo b")
            local both = task("both"):delegate_to({ "web1", "db1" }):command("echo c")
            local chosen = task("chosen"):delegate_to(function() return "db1" end):command("echo d")
            workflow.define("short"):tasks({ one, mute, any, both, chosen })
            """;

    /// Says nothing until it is allowed to end.
    private static final String SILENT =
            """
            local t = task("t"):delegate_to("db1"):command(
                "while ! test -e $HERE/go; do sleep 0.05; done"):build()
            workflow.define("silent"):tasks({ t })
            """;

    private static final int PATIENCE_SECONDS = 60;

    @TempDir private Path folder;
    private Door door;
    private Site site;

    @BeforeEach
    void open() throws Exception {
        door = new Door(folder).file("short.sloth", SHORT);
        site = new Site(folder, door);
        site.agent("web1");
        site.agent("db1");
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    private static List<String> of(String task, List<String> lines) {
        var prefix = "[" + task + "] ";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    /// Each agent has one beginning, and nothing of it comes before.
    private static void beginsFirst(String task, List<String> lines, String... agents) {
        var told = of(task, lines);
        assertThat(told.stream().filter(line -> line.startsWith("started")))
                .as("%s", lines)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(agents).map(agent -> "started on " + agent).toList());
        assertThat(told.getFirst()).as("%s", lines).startsWith("started on ");
        assertThat(told.getLast()).as("%s", lines).startsWith("succeeded");
        for (var agent : agents) {
            int line = told.indexOf(agent + " | c");
            assertThat(line < 0 || told.indexOf("started on " + agent) < line)
                    .as("%s", lines)
                    .isTrue();
        }
    }

    private static void rightlyTold(List<String> lines) {
        beginsFirst("one", lines, "web1");
        beginsFirst("mute", lines, "db1");
        beginsFirst("both", lines, "web1", "db1");
        beginsFirst("chosen", lines, "db1");
        assertThat(of("any", lines).getFirst()).as("%s", lines).startsWith("started on ");
        assertThat(of("any", lines)).filteredOn(line -> line.startsWith("started")).hasSize(1);
    }

    @Test
    void each_agent_is_named_once_and_before_its_first_line_however_short_a_task_is() {
        IntStream.range(0, 5)
                .forEach(_ -> {
                    var run = site.call("run", "short.sloth");
                    assertThat(run.exit()).as(run.out()).isZero();
                    rightlyTold(run.lines());
                });
    }

    @Test
    void a_revoked_agent_keeps_its_name_and_is_said_to_be_revoked() throws Exception {
        door.file(
                "slow.sloth",
                """
                local t = task("t"):delegate_to("db1"):command("echo here; "
                    .. "while ! test -e $HERE/go; do sleep 0.05; done"):build()
                workflow.define("slow"):tasks({ t })
                """
                        .replace("$HERE", folder.toString()));
        var out = new ByteArrayOutputStream();
        var followed = CompletableFuture.supplyAsync(() -> site.call(out, "run", "slow.sloth"));
        site.await(() -> out.toString(StandardCharsets.UTF_8).contains("[t] here"));
        assertThat(site.call("agent", "revoke", "db1").exit()).isZero();
        var answer = followed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        door.file("go", "");

        assertThat(of("t", answer.lines()))
                .filteredOn(line -> line.startsWith("started"))
                .containsExactly("started on db1");
        assertThat(answer.out()).contains("undecided: the agent db1 was revoked");
        assertThat(site.call("runs", "explain", "last", "t").out())
                .contains("db1", "was revoked")
                .doesNotContain("was removed");
    }

    @Test
    void whoever_comes_when_all_is_over_is_told_the_same() {
        assertThat(site.call("run", "short.sloth").exit()).isZero();
        rightlyTold(site.call("attach", "last").lines());
    }

    /// The folder of a master is a home folder of its own.
    @Test
    void whoever_looks_into_the_folder_of_a_master_is_told_the_same() throws Exception {
        assertThat(site.call("run", "short.sloth").exit()).isZero();
        var inside = new Door(folder).with("SLOTH_HOME", folder.resolve("master").toString());
        rightlyTold(inside.call("attach", "last").lines());
        assertThat(inside.call("runs", "explain", "last", "one").out())
                .contains(": succeeded, done by agents");

        door.file("quiet.sloth", SILENT.replace("$HERE", folder.toString()));
        var run = site.call("run", "quiet.sloth", "--detach").out().strip();
        site.await(() -> site.call("runs", "explain", run, "t").out().contains("an agent has it"));
        var out = new ByteArrayOutputStream();
        var followed = CompletableFuture.supplyAsync(() -> inside.call(out, "attach", run));
        site.await(() -> out.toString(StandardCharsets.UTF_8).contains("[t] started on db1"));
        assertThat(inside.call("runs", "explain", run, "t").out())
                .contains(": running, an agent has it");
        door.file("go", "");
        var lines = followed.get(PATIENCE_SECONDS, TimeUnit.SECONDS).lines();
        assertThat(of("t", lines)).filteredOn(line -> line.startsWith("started")).hasSize(1);
    }

    @Test
    void what_is_run_in_the_folder_of_a_master_without_it_is_no_run_of_agents() {
        var inside = new Door(folder).with("SLOTH_HOME", folder.resolve("master").toString());
        inside.file("own.sloth", "workflow.define('o'):tasks({ task('t'):command('echo a') })");
        assertThat(inside.call("run", "own.sloth").exit()).isZero();
        assertThat(of("t", inside.call("attach", "last").lines()).getFirst()).isEqualTo("started");
        assertThat(inside.call("runs", "explain", "last", "t").out())
                .contains("done on the machine where its run was driven");
    }

    @Test
    void each_attempt_of_a_task_whose_agent_is_lost_is_told_to_start_before_its_lines()
            throws Exception {
        door.file(
                "again.sloth",
                """
                local t = task("t"):idempotent():command("echo first; echo x >> $HERE/began; "
                    .. "while ! test -e $HERE/go; do sleep 0.05; done; echo last"):build()
                workflow.define("again"):tasks({ t })
                """
                        .replace("$HERE", folder.toString()));
        var out = new ByteArrayOutputStream();
        var followed = CompletableFuture.supplyAsync(() -> site.call(out, "run", "again.sloth"));
        site.await(() -> out.toString(StandardCharsets.UTF_8).contains("[t] first"));
        boolean web = out.toString(StandardCharsets.UTF_8).contains("started on web1");
        site.lose(web ? "web1" : "db1");
        site.await(() -> door.read("began").lines().count() == 2);
        door.file("go", "");
        var told = of("t", followed.get(PATIENCE_SECONDS, TimeUnit.SECONDS).lines());
        assertThat(told)
                .filteredOn(line ->
                        line.startsWith("started") || line.equals("first") || line.equals("last"))
                .as("%s", told)
                .containsExactly(
                        "started on " + (web ? "web1" : "db1"),
                        "first",
                        "started again, attempt 2, on " + (web ? "db1" : "web1"),
                        "first",
                        "last");
    }
}
