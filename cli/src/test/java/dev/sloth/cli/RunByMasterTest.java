package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that a master does for somebody who follows them, or not.
class RunByMasterTest {
    private static final String SCRIPT =
            """
            local lib = require("lib")
            local build = task("build"):command(function()
                print("building " .. values.what); log.info("done")
                return true, lib.word, { size = 3 }
            end):build()
            local pack = task("pack"):depends_on("build"):command("seq 200"):build()
            local ship = task("ship"):depends_on("pack"):command("test -e $HERE/ready"):build()
            workflow.define("deploy"):tasks({ build, pack, ship })
            """;

    private static final String LONG =
            """
            local t = task("wait"):command("echo here; touch $HERE/begun; "
                .. "while test -e $HERE/begun && ! test -e $HERE/go; do sleep 0.05; done; echo there"):build()
            workflow.define("long"):tasks({ t })
            """;

    private static final int PATIENCE_SECONDS = 60;

    @TempDir private Path folder;
    private Door door;
    private Site site;

    @BeforeEach
    void open() throws Exception {
        var here = folder.toString();
        door =
                new Door(folder)
                        .file("deploy.sloth", SCRIPT.replace("$HERE", here))
                        .file("lib.lua", "return { word = 'built' }")
                        .file("long.sloth", LONG.replace("$HERE", here))
                        .file("v.yaml", "what: all\n");
        site = new Site(folder, door);
        site.agent("web1");
    }

    @AfterEach
    void close() throws Exception {
        door.file("go", "");
        site.close();
    }

    /// Without what differs from one run to the next.
    private static String timeless(String out) {
        return out.replaceAll("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}", "ID")
                .replaceAll("[0-9]+(\\.[0-9]+)?(ms|s)\\b", "TIME")
                .replaceAll("\"seconds\" : [0-9.E-]+", "\"seconds\" : TIME")
                .replaceAll("seconds: [0-9.E-]+", "seconds: TIME")
                .replaceAll("started on [a-z0-9]+", "started")
                .replaceAll(" +", " ");
    }

    private static String[] deploy(String... more) {
        var words = new ArrayList<>(List.of("run", "deploy.sloth", "--values", "v.yaml"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private void same(String... more) {
        var here = door.call(deploy(more));
        var afar = site.call(deploy(more));
        assertThat(timeless(afar.out())).as(afar.err()).isEqualTo(timeless(here.out()));
        assertThat(timeless(afar.err())).isEqualTo(timeless(here.err()));
        assertThat(afar.exit()).isEqualTo(here.exit());
    }

    @Test
    void what_is_seen_of_it_is_what_a_run_of_this_process_shows() {
        same();
        same("-o", "json");
        door.file("ready", "");
        same();
        same("--return");
        same("-o", "yaml", "-t", "build");
    }

    @Test
    void what_is_wrong_with_a_script_is_told_before_any_master_is_asked() {
        door.file("deploy.sloth", "workflow.define('x'):tasks({ task('a'):build() })");
        for (var more : List.of(new String[] {}, new String[] {"-t", "nope"})) {
            var here = door.call(deploy(more));
            var afar = door.call(MasterWords.nowhere(site.at(deploy(more))));
            assertThat(afar.err()).isEqualTo(here.err());
            assertThat(afar.exit()).isEqualTo(here.exit()).isNotZero();
        }
    }

    private static final String CARRIES =
            """
            local t = task("t"):command(function(this)
                local late = import("late")
                local out, _, failed = exec.run({ this.script_folder .. "/tools/greet" })
                return not failed, out .. " " .. fs.read(this.script_folder .. "/data.txt") .. " " .. late.word
            end):build()
            workflow.define("carries"):files({ "tools", "*.txt", "late.lua" }):tasks({ t })
            """;

    @Test
    void files_that_a_workflow_names_lie_beside_its_script_on_agents_too() {
        door.file("carries/f.sloth", CARRIES)
                .file("carries/tools/greet", "#!/bin/sh\nprintf hello\n")
                .file("carries/data.txt", "data")
                .file("carries/late.lua", "return { word = 'late' }");
        assertThat(folder.resolve("carries/tools/greet").toFile().setExecutable(true)).isTrue();

        var answer = site.call("run", "carries/f.sloth");
        assertThat(answer.out()).as(answer.err()).contains("hello data late");
    }

    @Test
    void files_that_are_not_there_or_too_many_are_told_before_anything_runs() {
        door.file("f.sloth", CARRIES).file("data.txt", "data").file("more.txt", "more");
        for (var answer :
                List.of(
                        door.call("run", "f.sloth", "--files-max", "1"),
                        site.call("run", "f.sloth", "--files-max", "1"))) {
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err())
                    .contains("SLOTH-9021", "its files 'tools' are not there", "'late.lua'")
                    .contains("more than 1 files", "raise run.files_max");
        }
    }

    @Test
    void a_dry_run_asks_no_master() {
        var here = door.call(deploy("--dry-run"));
        var afar = door.call(deploy("--dry-run", "--master", "127.0.0.1:1"));
        assertThat(afar).isEqualTo(here);
        assertThat(here.exit()).isZero();
    }

    @Test
    void options_that_do_not_go_together_are_told() {
        for (var option : List.of("--in-memory", "--resume-last")) {
            var answer = door.call(deploy(option, "--master", "127.0.0.1:1"));
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err()).contains("--master and " + option + " do not go together");
        }
        var alone = door.call(deploy("--detach"));
        assertThat(alone.exit()).isEqualTo(2);
        assertThat(alone.err()).contains("--detach goes with --master only");
    }

    @Test
    void tasks_without_a_place_of_their_own_are_done_where_the_command_line_says()
            throws Exception {
        site.agent("db1", "db");
        door.file(
                "where.sloth",
                """
                local function me(this) return true, this.agent end
                local own = task("own"):delegate_to("web1"):command(me):build()
                local free = task("free"):command(function(this) print("by " .. this.agent) return me(this) end):build()
                workflow.define("where"):tasks({ own, free })
                """);
        var named = site.call("run", "where.sloth", "--delegate-to", "db1");
        assertThat(named.out()).as(named.err()).contains("[free] by db1").contains("web1");
        var selected = site.call("run", "where.sloth", "--select", "'db' in tags");
        assertThat(selected.out()).contains("[free] by db1");
        var both = site.call("run", "where.sloth", "--delegate-to", "db1", "--delegate-to", "web1");
        assertThat(both.out()).contains("db1 | by db1", "web1 | by web1");

        var alone = door.call("run", "where.sloth", "--delegate-to", "db1");
        assertThat(alone.err()).contains("--delegate-to goes with --master only");
        assertThat(alone.exit()).isEqualTo(2);
        var twice = site.call("run", "where.sloth", "--delegate-to", "a", "--select", "b");
        assertThat(twice.err()).contains("do not go together");
        var bad = site.call("run", "where.sloth", "--select", "db");
        assertThat(bad.err()).contains("SLOTH-4763", "column 1");
    }

    @Test
    void detached_it_goes_on_and_is_seen_whole_by_who_attaches_later() throws Exception {
        var words = new String[] {"run", "long.sloth", "--detach", "--label", "a=b"};
        var id = site.call(words).out().strip();
        assertThat(id).matches("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}");
        await("begun");
        var seen = attached(id);
        door.file("go", "");
        var answer = seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.lines())
                .containsSubsequence("[wait] started on web1", "[wait] here", "[wait] there")
                .anyMatch(line -> line.startsWith("[wait] succeeded after "));
        assertThat(timeless(site.call("attach", id).out())).isEqualTo(timeless(answer.out()));
        assertThat(site.call("runs", "list", "--label", "a=b").out()).contains(id);
    }

    private CompletableFuture<Door.Answer> attached(String run) {
        return CompletableFuture.supplyAsync(() -> site.call("attach", run));
    }

    private void await(String file) throws Exception {
        site.await(() -> Files.exists(folder.resolve(file)));
    }

    @Test
    void a_document_says_which_run_was_detached() {
        var answer = site.call("run", "long.sloth", "--detach", "-o", "json");
        assertThat(answer.out()).contains("\"run\" : \"", "\"workflow\" : \"long\"", "running");
    }

    @Test
    void it_is_cancelled_from_elsewhere() throws Exception {
        var id = site.call("run", "long.sloth", "--detach").out().strip();
        await("begun");
        var seen = attached(id);
        var cancelled = site.call("runs", "cancel", id);
        assertThat(cancelled.exit()).as(cancelled.err()).isZero();
        assertThat(cancelled.out()).contains("run " + id);
        var answer = seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out()).contains("cancelled by admin");
    }

    @Test
    void what_a_wrong_run_is_told_to_look_at_is_that_master() {
        for (var command : List.of("show", "logs", "events", "cancel", "explain", "retry")) {
            var words = new ArrayList<>(List.of("runs", command, "nosuch"));
            if (command.equals("explain")) {
                words.add("t");
            }
            assertThat(site.call(words.toArray(String[]::new)).err())
                    .as(command)
                    .contains("`sloth-runner runs list --master ");
        }
    }

    @Test
    void a_master_that_comes_back_is_waited_for() throws Exception {
        var id = site.call("run", "long.sloth", "--detach").out().strip();
        await("begun");
        var out = new ByteArrayOutputStream();
        var seen = CompletableFuture.supplyAsync(() -> site.call(out, "attach", id));
        site.await(() -> out.size() > 0);
        site.restart();
        door.file("go", "");
        var answer = seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.lines())
                .filteredOn(line -> line.startsWith("[wait] ") && !line.contains("the agent web1"))
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    private void awaitIn(ByteArrayOutputStream out, String words) throws Exception {
        site.await(() -> out.toString(StandardCharsets.UTF_8).contains(words));
    }

    @Test
    void who_follows_is_told_that_an_agent_is_away_and_that_it_is_back() throws Exception {
        var id = site.call("run", "long.sloth", "--detach").out().strip();
        await("begun");
        var out = new ByteArrayOutputStream();
        var seen = CompletableFuture.supplyAsync(() -> site.call(out, "attach", id));
        awaitIn(out, "[wait] started on web1\n");
        site.leave("web1");
        awaitIn(out, "[wait] the agent web1 is away since ");
        assertThat(site.call("runs", "explain", id, "wait").out())
                .contains(
                        ": running, an agent has it that is away",
                        "the agent web1 is away since ",
                        ": it goes on when that is back, or counts as lost at ");
        site.agent("web1");
        awaitIn(out, "[wait] the agent web1 is back\n");
        door.file("go", "");
        var answer = seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer.exit()).as(answer.out()).isZero();
        assertThat(answer.lines()).filteredOn(line -> line.contains("the agent web1")).hasSize(2);
        assertThat(answer.lines()).filteredOn(line -> line.contains("started")).hasSize(1);
    }

    @Test
    void a_task_that_waits_for_an_agent_has_not_started() throws Exception {
        door.file(
                "named.sloth",
                "workflow.define('n'):tasks({ task('t'):delegate_to('web1'):command('true'):build() })");
        assertThat(site.call("agent", "drain", "web1").exit()).isZero();
        var out = new ByteArrayOutputStream();
        var seen = CompletableFuture.supplyAsync(() -> site.call(out, "run", "named.sloth"));
        awaitIn(out, "[t] waits for web1: the agent 'web1' takes nothing new; it is waited until ");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("started");
        assertThat(site.call("agent", "resume", "web1").exit()).isZero();
        var answer = seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.lines())
                .containsSubsequence("[t] started on web1")
                .filteredOn(line -> line.contains("waits for"))
                .hasSize(1);
    }

    @Test
    void a_run_of_another_process_of_this_machine_is_followed_too() throws Exception {
        var driving = CompletableFuture.supplyAsync(() -> door.call("run", "long.sloth"));
        await("begun");
        var seen = CompletableFuture.supplyAsync(() -> door.call("attach", "last"));
        door.file("go", "");
        var shown = seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        var own = driving.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(timeless(shown.out())).as(shown.err()).isEqualTo(timeless(own.out()));
        assertThat(shown.exit()).isZero();
    }

    @Test
    void a_run_of_this_machine_that_nobody_drives_cannot_be_followed() {
        var left = LeftRun.of(door, "long.sloth").text();
        var answer = door.call("attach", left);
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("SLOTH-4011", "sloth-runner resume " + left);
    }

    @Test
    void whoever_attaches_must_name_a_run() {
        assertThat(door.call("attach").exit()).isEqualTo(2);
        assertThat(site.call("attach", "../x").err()).contains("SLOTH-9050");
        assertThat(site.call("attach", "nobody").err()).contains("SLOTH-9050");
    }
}
