package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {
    /// Fails until there is a file called `ready`; counts what `build` does.
    private static final String SCRIPT =
            """
            local build = task("build"):command(function()
                return true, "built", { size = 3 }
            end):build()
            local pack = task("pack"):depends_on("build"):artifacts({ "*.txt" })
                :command("echo x >> $COUNTS/packed; echo packed > a.txt"):build()
            local ship = task("ship"):depends_on("pack"):command("test -e $COUNTS/ready"):build()
            workflow.define("deploy"):tasks({ build, pack, ship })
            """;

    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(folder).file("deploy.sloth", SCRIPT.replace("$COUNTS", folder.toString()));
    }

    private String run(String... more) {
        var words = new ArrayList<>(List.of("run", "deploy.sloth"));
        words.addAll(List.of(more));
        door.call(words.toArray(String[]::new));
        return newest();
    }

    private String newest() {
        return column(door.call("runs", "list", "--limit", "1").out()).getFirst();
    }

    private static List<String> column(String table) {
        return table.lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.split(" +", 2)[0])
                .toList();
    }

    @Test
    void a_list_shows_the_newest_first_and_how_to_see_the_rest() {
        assertThat(door.call("runs", "list").out()).isEqualTo("no runs\n");
        var first = run("--label", "team=web", "--label", "env=prod");
        door.file("ready", "");
        var second = run();
        var all = door.call("runs", "list");
        assertThat(column(all.out())).containsExactly(second, first);
        assertThat(all.lines().get(0))
                .matches("RUN +WORKFLOW +STATUS +WHEN +DURATION +TASKS +LABELS");
        assertThat(all.lines().get(1)).contains(" deploy ", " succeeded ", " 3/3");
        assertThat(all.lines().get(2)).contains(" failed ", " 3/3 ", "env=prod team=web");
        assertThat(all.lines()).hasSize(3);
        var page = door.call("runs", "list", "--limit", "1");
        assertThat(page.lines())
                .endsWith(
                        "",
                        "older ones: `sloth-runner runs list --limit 1 --before " + second + "`");
        var next = door.call("runs", "list", "--limit", "1", "--before", second);
        assertThat(column(next.out())).containsExactly(first);
        assertThat(next.lines()).hasSize(2);
    }

    @Test
    void a_list_is_narrowed_by_status_workflow_time_and_label() {
        var failed = run("--label", "team=web");
        door.file("ready", "");
        var good = run();
        assertThat(listed("--status", "failed")).containsExactly(failed);
        assertThat(listed("--status", "failed", "--status", "succeeded"))
                .containsExactly(good, failed);
        assertThat(listed("--label", "team=web")).containsExactly(failed);
        assertThat(listed("--workflow", "other")).isEmpty();
        assertThat(listed("--since", "1h")).containsExactly(good, failed);
        assertThat(listed("--since", "2999-01-01")).isEmpty();
        assertThat(listed("--status", "interrupted")).isEmpty();
    }

    private List<String> listed(String... more) {
        var words = new ArrayList<>(List.of("runs", "list"));
        words.addAll(List.of(more));
        return column(door.call(words.toArray(String[]::new)).out());
    }

    @Test
    void wrong_filters_are_told() {
        assertThat(door.call("runs", "list", "--status", "succeded").err())
                .contains("SLOTH-9001", "did you mean 'succeeded'?");
        for (var limit : List.of("0", "1001", "x", "-1")) {
            var answer = door.call("runs", "list", "--limit", limit);
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err()).contains("--limit cannot be '" + limit + "'");
        }
        assertThat(door.call("runs", "events", "x", "--from", "0").err()).contains("--from cannot");
        assertThat(door.call("runs", "frob").err()).contains("SLOTH-9001");
    }

    @Test
    void a_run_is_shown_with_its_tasks_artifacts_and_a_drawing() {
        var id = run();
        var lines = door.with("COLUMNS", "80").call("runs", "show", id).lines();
        assertThat(lines).anyMatch(line -> line.matches("status +failed"));
        assertThat(lines)
                .anyMatch(line -> line.matches("script +.*deploy.sloth  sha256 [0-9a-f]+"));
        assertThat(lines).anyMatch(line -> line.matches("pack +succeeded +1 +[0-9.]+s *"));
        assertThat(lines).anyMatch(line -> line.matches("a.txt +pack +7 B +[0-9a-f]{12}"));
        assertThat(lines).anyMatch(line -> line.matches("\\* ship +\u2588.*|\\* ship .*\u2588.*"));
        assertThat(lines).allMatch(line -> line.length() <= 80 || line.startsWith("script"));
    }

    @Test
    void a_run_as_a_document_says_of_each_attempt_how_long_it_waited_and_ran() {
        var answer = door.call("runs", "show", run(), "-o", "json");
        assertThat(answer.exit()).isZero();
        assertThat(answer.out())
                .contains("\"critical_path\" : [")
                .contains("\"queue_seconds\" : ", "\"run_seconds\" : ", "\"sha256\" : ")
                .contains("\"size\" : 3");
    }

    @Test
    void events_are_numbered_without_gaps_and_each_is_a_line() {
        var id = run();
        var all = door.call("runs", "events", id, "-o", "json").lines();
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i)).startsWith("{\"number\":" + (i + 1) + ",\"at\":\"");
        }
        assertThat(all.getFirst()).contains("\"event\":\"run_submitted\"", "\"tasks\":3");
        assertThat(all.getLast()).contains("\"event\":\"run_ended\"", "\"status\":\"failed\"");
        assertThat(door.call("runs", "events", id, "--from", "3", "-o", "json").lines())
                .isEqualTo(all.subList(2, all.size()));
        assertThat(door.call("runs", "events", id, "-f").lines()).hasSameSizeAs(all);
        assertThat(door.call("runs", "events", id, "--from", "9999").out()).isEmpty();
    }

    @Test
    void a_retry_takes_over_what_succeeded_and_runs_the_rest_again() {
        var first = run("--label", "team=web");
        door.file("ready", "");
        var retried = door.call("runs", "retry", first);
        assertThat(retried.exit()).isZero();
        assertThat(retried.out()).contains("takes over 2 of 3 tasks");
        assertThat(door.read("packed")).isEqualTo("x\n");
        var second = newest();
        assertThat(second).isNotEqualTo(first);
        assertThat(door.call("runs", "list", "--label", "team=web").out()).contains(second);
        assertThat(door.call("runs", "show", second, "-o", "json").out()).contains("\"size\" : 3");
        assertThat(door.call("runs", "artifacts", second).out()).contains("a.txt");
        assertThat(door.call("runs", "retry", second).err()).contains("SLOTH-4010");
    }

    @Test
    void a_retry_from_a_task_runs_it_and_what_depends_on_it_again() {
        door.file("ready", "");
        var first = run();
        door.file("deploy.sloth", "this is no script any more");
        assertThat(door.call("runs", "retry", first, "--from", "pack").out())
                .contains("takes over 1 of 3 tasks");
        assertThat(door.read("packed")).isEqualTo("x\nx\n");
        var unknown = door.call("runs", "retry", first, "--from", "pak");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("SLOTH-9020", "did you mean 'pack'?");
    }

    @Test
    void damaged_output_is_told_of_and_hides_no_other() throws SQLException {
        door.file(
                "three.sloth",
                """
                workflow.define("three"):tasks({
                    task("a"):command("echo this is a"),
                    task("b"):depends_on("a"):command("echo this is b"),
                    task("c"):depends_on("b"):command("echo this is c"),
                })
                """);
        assertThat(door.call("run", "three.sloth").exit()).isZero();
        try (var link =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("home/logs.db"));
                var change = link.createStatement()) {
            change.execute(
                    "UPDATE chunks SET first_line = 7 WHERE log ="
                            + " (SELECT number FROM logs WHERE task = 'b')");
        }
        var answer = door.call("runs", "logs", "last");
        assertThat(answer.out())
                .contains("[a] this is a", "[c] this is c")
                .doesNotContain("this is b");
        assertThat(answer.err())
                .contains("SLOTH-4106", "chunk 0 of the output of attempt", "/b/1 is damaged");
        assertThat(answer.exit()).isEqualTo(Exit.STORE);
        var json = door.call("runs", "logs", "last", "-o", "json").lines();
        assertThat(json).hasSize(3);
        assertThat(json.getLast()).contains("\"status\":\"invalid\"", "SLOTH-4106");
        assertThat(door.call("runs", "logs", "last", "-t", "c").exit()).isZero();
    }

    @Test
    void the_command_for_the_older_ones_has_all_filters_and_works_in_a_shell() {
        var words =
                List.of(
                        "--status=failed",
                        "--workflow=deploy",
                        "--since=2d",
                        "--label=why=it's so",
                        "--limit=1");
        run("--label", "why=it's so");
        var newer = run("--label", "why=it's so");
        var call = new ArrayList<>(List.of("runs", "list"));
        call.addAll(words);
        assertThat(door.call(call.toArray(String[]::new)).lines().getLast())
                .isEqualTo(
                        "older ones: `sloth-runner runs list --status failed --workflow deploy"
                                + " --since 2d --label 'why=it'\\''s so' --limit 1 --before "
                                + newer
                                + "`");
    }

    @Test
    void a_run_that_is_not_there_is_told_with_how_to_see_those_that_are() {
        assertThat(door.call("runs", "show", "nosuch").err())
                .contains("SLOTH-9050", "`sloth-runner runs list` shows those that are kept");
    }

    private static void damage(Path home) throws IOException {
        try (var files = Files.walk(home.resolve("artifacts"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).equals("packed\n")) {
                    Files.writeString(file, "sacked\n");
                }
            }
        }
    }

    @Test
    void a_damaged_artifact_leaves_nothing_behind_and_is_told_with_how_to_make_it_again()
            throws IOException {
        door.file(
                "two.sloth",
                """
                workflow.define("two"):tasks({
                    task("pack"):artifacts({ "d/a.txt" }):command("mkdir d; echo packed > d/a.txt"),
                    task("good"):artifacts({ "e/b.txt" }):command("mkdir e; echo good > e/b.txt"),
                })
                """);
        assertThat(door.call("run", "two.sloth").exit()).isZero();
        damage(folder.resolve("home"));
        var id = newest();
        var answer = door.call("runs", "artifacts", id, "--to", "out");
        assertThat(answer.exit()).isEqualTo(Exit.STORE);
        assertThat(answer.err())
                .contains("SLOTH-4106", "artifact d/a.txt", "is damaged")
                .contains("only this artifact", "runs retry " + id + " --from pack")
                .doesNotContain("from a copy");
        assertThat(folder.resolve("out/d")).doesNotExist();
        assertThat(door.read("out/e/b.txt")).isEqualTo("good\n");
        assertThat(door.call("runs", "artifacts", id, "d/*", "--to", "none").exit())
                .isEqualTo(Exit.STORE);
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(door.call("runs", "retry", id, "--from", "pack").exit()).isZero();
        assertThat(door.call("runs", "artifacts", "last", "--to", "out").exit()).isZero();
        assertThat(door.read("out/d/a.txt")).isEqualTo("packed\n");
    }

    @Test
    void a_task_that_wants_a_damaged_artifact_fails_with_how_to_make_it_again() throws IOException {
        door.file(
                "eats.sloth",
                """
                local pack = task("pack"):artifacts({ "a.txt" }):command("echo packed > a.txt"):build()
                local eat = task("eat"):depends_on("pack"):consumes({ "a.txt" })
                    :command("test -e $COUNTS/ready && cat a.txt"):build()
                workflow.define("eats"):tasks({ pack, eat })
                """
                        .replace("$COUNTS", folder.toString()));
        assertThat(door.call("run", "eats.sloth").exit()).isEqualTo(Exit.FAILED);
        damage(folder.resolve("home"));
        door.file("ready", "");
        var again = door.call("runs", "retry", newest());
        assertThat(again.exit()).isEqualTo(Exit.FAILED);
        assertThat(again.out())
                .contains("task eat failed: artifact a.txt of attempt")
                .contains("runs retry " + newest() + " --from pack")
                .doesNotContain("internal error", "traceback", "StoreFailure");
        assertThat(door.call("runs", "retry", newest(), "--from", "pack").exit()).isZero();
    }

    @Test
    void artifacts_are_copied_out_and_those_that_do_not_match_are_left() {
        var id = run();
        assertThat(door.call("runs", "artifacts", id, "*.log").out()).contains("no artifacts");
        assertThat(door.call("runs", "artifacts", id, "*.txt", "--to", "out").exit()).isZero();
        assertThat(door.read("out/a.txt")).isEqualTo("packed\n");
        assertThat(door.call("runs", "artifacts", id, "-t", "build").out())
                .contains("no artifacts");
        assertThat(door.call("runs", "artifacts", id, "[").err()).contains("SLOTH-9001");
        assertThat(door.call("runs", "artifacts", id, "-o", "json").out())
                .contains("\"path\" : \"a.txt\"");
    }

    @Test
    void what_is_deleted_leaves_nothing_behind() {
        var first = run();
        var second = run();
        var answer = door.call("runs", "delete", first, "nothing");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("SLOTH-9050");
        assertThat(listed()).hasSize(2);
        assertThat(door.call("runs", "delete", first, first).out()).contains("deleted " + first);
        assertThat(listed()).containsExactly(second);
        assertThat(Files.exists(folder.resolve("home/runs").resolve(first))).isFalse();
        assertThat(door.call("runs", "show", first).err()).contains("SLOTH-9050");
        assertThat(door.call("runs", "artifacts", second).out()).contains("a.txt");
    }

    @Test
    void ids_that_are_paths_unknown_or_meant_for_several_are_refused_by_every_command() {
        run();
        run();
        for (var command :
                List.of(
                        "show",
                        "logs",
                        "events",
                        "artifacts",
                        "cancel",
                        "decide",
                        "retry",
                        "delete")) {
            for (var word : List.of("../../etc/passwd", "/", "..", "", "no-such-run", "2")) {
                var answer = door.call("runs", command, word);
                assertThat(answer.exit()).as(command + " " + word).isEqualTo(2);
                assertThat(answer.err()).as(command + " " + word).contains("SLOTH-");
                assertThat(answer.err()).as(command + " " + word).doesNotContain("SLOTH-9000");
            }
        }
        assertThat(listed()).hasSize(2);
    }

    @Test
    void collecting_removes_what_is_too_much_and_a_dry_run_removes_nothing() {
        var first = run();
        var second = run();
        assertThat(door.call("gc").out()).contains("removed 0 of 2 runs");
        var dry = door.call("gc", "--dry-run", "--retention-count", "1");
        assertThat(dry.out()).contains(first, "retention.count", "would remove 1 of 2 runs");
        assertThat(listed()).containsExactly(second, first);
        assertThat(door.call("gc", "--retention-count", "1", "-o", "json").out())
                .contains("\"reason\" : \"count\"", "\"kept\" : 1");
        assertThat(listed()).containsExactly(second);
    }
}
