package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever looks at runs sees the same from afar as on the machine that keeps them.
class RunsFromAfarTest {
    private static final String SCRIPT =
            """
            local build = task("build"):command(function()
                print("one"); log.warn("two\\tthree")
                return true, "built", { size = 3, list = { 1, "x" } }
            end):build()
            local pack = task("pack"):depends_on("build"):artifacts({ "*.txt", "tool" })
                :command("seq 3000; echo packed > a.txt; echo b > tool; chmod +x tool; echo e >&2")
                :build()
            local ship = task("ship"):depends_on("pack"):retries(1, "fixed", "10ms")
                :command("echo trying; exit 3"):build()
            local tell = task("tell"):depends_on("ship"):command("true"):build()
            workflow.define("deploy"):tasks({ build, pack, ship, tell })
            """;

    private static final String WAITING =
            """
            local t = task("unsure"):command("true"):build()
            workflow.define("unsure"):tasks({ t })
            """;

    @TempDir private Path folder;
    private Door door;
    private NearMaster master;

    @BeforeEach
    void open() {
        door = new Door(folder).with("COLUMNS", "100").file("deploy.sloth", SCRIPT);
        assertThat(door.call("run", "deploy.sloth", "--label", "team=web").exit()).isEqualTo(1);
        master = new NearMaster(door);
    }

    @AfterEach
    void close() {
        master.close();
    }

    private void same(String... words) {
        var here = door.call(words);
        var afar = master.call(words);
        assertThat(afar.out()).as(Arrays.toString(words)).isEqualTo(here.out());
        assertThat(afar.exit()).isEqualTo(here.exit());
        assertThat(local(afar.err())).isEqualTo(here.err());
        boolean finds = !List.of(words).contains("--grep");
        assertThat(!finds || !(here.out() + here.err()).isBlank())
                .as(Arrays.toString(words))
                .isTrue();
    }

    /// Commands that a master's problems name go to that master.
    private static String local(String err) {
        return err.replaceAll(" --master 127\\.0\\.0\\.1:[0-9]+ --credentials [^ `]+`", "`");
    }

    @Test
    void every_look_at_a_run_is_the_same_from_afar() {
        door.call("run", "deploy.sloth", "-t", "build");
        for (var run : List.of("last", earliest())) {
            for (var words :
                    List.of(
                            List.of("show", run),
                            List.of("logs", run),
                            List.of("logs", run, "-f"),
                            List.of("logs", run, "--lines", "5"),
                            List.of("logs", run, "-t", "build"),
                            List.of("logs", run, "--grep", "^1.*9$"),
                            List.of("events", run),
                            List.of("events", run, "-f", "--from", "3"),
                            List.of("artifacts", run))) {
                same(words("runs", words));
                same(words("runs", words, "-o", "json"));
            }
            same("runs", "show", run, "-o", "yaml");
            same("runs", "events", run, "-o", "yaml");
        }
        same("runs", "list");
        same("runs", "list", "-o", "json");
        same("runs", "list", "--status", "failed", "--label", "team=web", "--since", "1h");
        same("runs", "list", "--before", "last", "-o", "json");
    }

    private String earliest() {
        var lines = door.call("runs", "list").lines();
        return lines.getLast().split(" ", 2)[0];
    }

    private static String[] words(String first, List<String> then, String... more) {
        var all = new ArrayList<String>();
        all.add(first);
        all.addAll(then);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void what_is_wrong_with_a_question_is_the_same_from_afar() {
        same("runs", "show", "../etc");
        same("runs", "show", "nobody");
        same("runs", "logs", "last", "-t", "bild");
        same("runs", "list", "--before", "nobody");
        same("runs", "decide", "last");
        same("runs", "retry", "last", "--from", "bild");
        same("runs", "retry", "nobody");
        same("runs", "list", "--limit", "0");
    }

    @Test
    void artifacts_are_copied_from_afar_as_they_were() throws IOException {
        same("runs", "artifacts", "last", "--to", "out");
        var tool = folder.resolve("out/tool");
        assertThat(Files.isExecutable(tool)).isTrue();
        assertThat(tool).hasContent("b\n");
        assertThat(door.read("out/a.txt")).isEqualTo("packed\n");
    }

    @Test
    void the_next_page_is_of_the_same_master() {
        door.call("run", "deploy.sloth", "-t", "build");
        var page = master.call("runs", "list", "--limit", "1");
        assertThat(page.lines().getLast())
                .startsWith("older ones: `sloth-runner runs list --limit 1 --master 127.0.0.1:")
                .contains(" --credentials ", " --before ");
    }

    @Test
    void a_run_that_waits_is_decided_from_afar() {
        door.file("unsure.sloth", WAITING);
        var run = LeftRun.of(door, "unsure.sloth", "unsure").text();

        var waiting = master.call("runs", "decide", run);
        assertThat(waiting.out()).isEqualTo(door.call("runs", "decide", run).out());
        assertThat(master.call("runs", "list", "--status", "waiting").out())
                .contains("runs decide %s --master 127.0.0.1".formatted(run));
        var outputs = "{\"url\": \"here\"}";
        var decided =
                master.call("runs", "decide", run, "unsure", "--succeeded", "--outputs", outputs);
        assertThat(decided.exit()).as(decided.err()).isZero();
        assertThat(decided.out()).contains("succeeded; its master takes it up");
        var attached = master.call("attach", run);
        assertThat(attached.exit()).as("%s", attached).isZero();
        assertThat(door.call("runs", "show", run, "-o", "json").out())
                .contains("\"url\" : \"here\"");
        assertThat(door.call("runs", "events", run).out()).contains("by=admin");
    }

    @Test
    void a_run_that_has_ended_is_not_cancelled_from_afar() {
        var refused = master.call("runs", "cancel", "last");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("SLOTH-4003", " --master 127.0.0.1:");
    }

    @Test
    void options_that_need_each_other_are_told() {
        var alone = door.call("runs", "list", "--credentials", "x");
        assertThat(alone.exit()).isEqualTo(2);
        assertThat(alone.err()).contains("SLOTH-9001", "--credentials goes with --master");
        var nowhere = door.call("runs", "list", "--master", "http://x");
        assertThat(nowhere.exit()).isEqualTo(2);
        assertThat(nowhere.err()).contains("SLOTH-4715");
        var stranger = door.call("runs", "list", "--master", "127.0.0.1:1");
        assertThat(stranger.err()).contains("SLOTH-4714");
    }

    @Test
    void where_no_master_answers_that_is_said_with_exit_code_4() {
        var answer = door.call(MasterWords.nowhere(master.at("runs", "list")));
        assertThat(answer.exit()).as(answer.err()).isEqualTo(4);
        assertThat(answer.err()).contains("SLOTH-4701", "help:");
    }
}
