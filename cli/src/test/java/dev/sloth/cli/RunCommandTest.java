package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final String GOOD =
            """
            local build = task("build")
                :command(function(this, params, inputs)
                    print("building " .. (values.what or "nothing"))
                    log.info("halfway")
                    return true, "built", { size = 3, names = { "a", "b" } }
                end)
                :build()
            local test = task("test"):depends_on(build):command("echo tested"):build()
            workflow.define("deploy"):tasks({ build, test })
            """;

    private static final String BAD =
            """
            local wrong = task("wrong"):command(function()
                local nothing = nil
                return nothing.field
            end):build()
            local after = task("after"):depends_on("wrong"):command("true"):build()
            workflow.define("deploy"):tasks({ wrong, after })
            """;

    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door = new Door(folder).file("good.sloth", GOOD).file("bad.sloth", BAD);
    }

    /// With times and ids, which differ each time, replaced.
    private static List<String> steady(String text) {
        return text.replaceAll("\\d+\\.\\d+s", "0.0s")
                .replaceAll("\"seconds\" : [0-9.E-]+", "\"seconds\" : 0.0")
                .replaceAll("\"run\" : \"[^\"]+\"", "\"run\" : \"ID\"")
                .lines()
                .toList();
    }

    @Test
    void a_command_has_its_grace_to_end_after_its_time_is_up() {
        var line = "trap 'sleep 1; echo tidied; exit 0' TERM; while :; do sleep 0.05; done";
        door.file(
                "slow.sloth",
                "workflow.define('w'):tasks({ task('slow'):shell([[%s]]):timeout('300ms'):build() })"
                        .formatted(line));

        var answer = door.call("run", "slow.sloth", "--kill-grace", "20s");

        assertThat(answer.out()).contains("[slow] tidied").contains("timed out");
        assertThat(answer.exit()).isEqualTo(Exit.FAILED);
    }

    @Test
    void each_line_in_a_pipe_begins_with_its_task_and_a_table_ends_it() {
        var answer = door.call("run", "good.sloth", "--var", "what=ships");
        assertThat(steady(answer.out()))
                .containsExactly(
                        "[build] started",
                        "[build] building ships",
                        "[build] INFO halfway",
                        "[build] succeeded after 0.0s: built",
                        "[test] started",
                        "[test] tested",
                        "[test] succeeded after 0.0s",
                        "TASK   STATUS     ATTEMPTS  DURATION  MESSAGE",
                        "build  succeeded  1         0.0s      built",
                        "test   succeeded  1         0.0s",
                        "",
                        "deploy: succeeded, 2 of 2 done, 0.0s");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exit()).isZero();
    }

    @Test
    void a_failure_shows_the_place_in_the_script() {
        var answer = door.call("run", "bad.sloth");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(steady(answer.out()))
                .containsSubsequence(
                        "after  skipped  0         -         wrong failed",
                        "",
                        "error: task wrong failed: bad.sloth:3: attempt to index a nil value (local"
                                + " 'nothing')",
                        "  at bad.sloth:3",
                        "  1 | local wrong = task(\"wrong\"):command(function()",
                        "  2 |     local nothing = nil",
                        "  3 |     return nothing.field",
                        "  4 | end):build()",
                        "  traceback:");
    }

    @Test
    void an_error_of_a_script_cannot_write_over_the_screen() {
        door.file(
                "esc.sloth",
                """
                workflow.define("w"):tasks({
                    task("t"):command(function() error("a\\27[2J\\7\\rb", 0) end),
                })
                """);
        var answer = door.call("run", "esc.sloth");
        assertThat(answer.out())
                .contains(
                        "failed after", ": a\\027[2J\\007\\rb\n", "error: task t failed: a\\027[2J")
                .doesNotContain("\u001b", "\u0007", "\r");
        var json = door.call("run", "esc.sloth", "-o", "json");
        assertThat(json.out()).contains("\"a\\u001B[2J\\u0007\\rb\"").doesNotContain("\u001b");
        assertThat(json.err()).doesNotContain("\u001b");
    }

    @Test
    void a_limit_that_an_attempt_meets_is_told_with_what_to_do() {
        door.file(
                "limits.sloth",
                """
                workflow.define("w"):tasks({
                    task("steps"):command(function() while true do end end),
                    task("memory"):command(function()
                        local t = {} while true do t[#t + 1] = {} end
                    end),
                })
                """);
        var answer =
                door.call(
                        "run",
                        "limits.sloth",
                        "--script-execute-steps",
                        "5000000",
                        "--script-execute-memory",
                        "4MiB");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out())
                .contains("script exceeded 5000000 steps", "or raise script.execute_steps")
                .contains("not enough memory", "or raise script.execute_memory");
    }

    @Test
    void json_is_one_document_and_everything_else_goes_to_the_errors() {
        var answer = door.call("run", "good.sloth", "-o", "json", "-t", "build");
        assertThat(answer.exit()).isZero();
        assertThat(answer.err()).contains("[build] building nothing\n");
        assertThat(String.join("\n", steady(answer.out())))
                .isEqualTo(
                        """
                        {
                          "run" : "ID",
                          "workflow" : "deploy",
                          "status" : "succeeded",
                          "message" : "",
                          "seconds" : 0.0,
                          "tasks" : [
                            {
                              "name" : "build",
                              "stage" : "",
                              "status" : "succeeded",
                              "attempts" : 1,
                              "seconds" : 0.0,
                              "message" : "built",
                              "changed" : true,
                              "outputs" : {
                                "size" : 3,
                                "names" : [
                                  "a",
                                  "b"
                                ]
                              }
                            }
                          ],
                          "outputs" : {
                            "build" : {
                              "size" : 3,
                              "names" : [
                                "a",
                                "b"
                              ]
                            }
                          }
                        }\
                        """);
    }

    @Test
    void yaml_has_the_same_fields() {
        var answer = door.call("run", "bad.sloth", "-o", "yaml");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out())
                .startsWith("run: ")
                .contains("\nstatus: failed\n", "\n- name: wrong\n", "\n    line: 3\n");
    }

    @Test
    void return_prints_the_outputs_and_nothing_else() {
        var answer = door.call("run", "good.sloth", "-t", "build", "--return");
        assertThat(answer.out())
                .isEqualTo(
                        """
                        {
                          "build" : {
                            "size" : 3,
                            "names" : [
                              "a",
                              "b"
                            ]
                          }
                        }
                        """);
    }

    @Test
    void a_dry_run_shows_the_plan_and_runs_nothing() {
        var answer = door.call("run", "good.sloth", "--dry-run");
        assertThat(answer.out()).isEqualTo(door.call("plan", "good.sloth").out());
        assertThat(answer.out()).doesNotContain("building");
        assertThat(answer.exit()).isZero();
        assertThat(folder.resolve("home/runs")).doesNotExist();
    }

    @Test
    void a_task_runs_with_what_it_needs_and_nothing_else() {
        assertThat(steady(door.call("run", "good.sloth", "-t", "test").out()))
                .contains("deploy: succeeded, 2 of 2 done, 0.0s");
        assertThat(steady(door.call("run", "good.sloth", "-t", "build").out()))
                .contains("deploy: succeeded, 1 of 1 done, 0.0s");
        assertThat(door.call("run", "good.sloth", "-t", "biuld").err())
                .contains("SLOTH-9020", "did you mean 'build'?");
    }

    @Test
    void the_usual_names_are_found_and_the_slothfile_first() {
        door.file("workflow.sloth", GOOD.replace("deploy", "second"));
        assertThat(door.call("plan").out()).startsWith("second:");
        door.file("Slothfile", GOOD.replace("deploy", "first"));
        assertThat(door.call("plan").out()).startsWith("first:");
    }

    @Test
    void a_script_with_several_workflows_wants_a_name() {
        door.file("two.sloth", GOOD + "workflow.define('other'):tasks({ build })\n");
        var answer = door.call("run", "two.sloth");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err())
                .isEqualTo(
                        """
                        error SLOTH-9003: the script defines 2 workflows: deploy, other
                          at two.sloth
                          help: name one: `sloth-runner run deploy -f two.sloth`
                        """);
        for (var words :
                List.of(List.of("other", "-f", "two.sloth"), List.of("two.sloth", "other"))) {
            var args = new java.util.ArrayList<>(List.of("plan"));
            args.addAll(words);
            assertThat(door.call(args.toArray(String[]::new)).out()).startsWith("other: 1 task");
        }
        assertThat(door.call("run", "two.sloth", "othr").err())
                .contains("SLOTH-9004", "did you mean 'other'?");
    }

    @Test
    void a_script_that_cannot_be_used_runs_nothing() {
        door.file("none.sloth", "print('hello')\n");
        door.file("wrong.sloth", "local x = = 1\nfor do\n");
        for (var name : List.of("none.sloth", "wrong.sloth", "gone.sloth", "home")) {
            var answer = door.call("run", "-f", name, "-o", "json");
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.out()).contains("\"status\" : \"invalid\"", "\"code\" : \"SLOTH-");
            assertThat(answer.err()).contains("error SLOTH-");
        }
    }

    @Test
    void a_run_leaves_no_empty_folders_behind() {
        door.call("run", "good.sloth");
        assertThat(folder.resolve("home/runs")).isEmptyDirectory();
    }

    @Test
    void at_most_so_many_tasks_run_at_once_as_the_flag_says() {
        door.file(
                "many.sloth",
                """
                local tasks = {}
                for i = 1, 6 do
                    tasks[i] = task("t" .. i):command(function() goroutine.sleep(20) end):build()
                end
                workflow.define("many"):tasks(tasks)
                """);
        var lines = steady(door.call("run", "many.sloth", "--max-parallel", "1").out());
        int running = 0;
        for (var line : lines) {
            running += line.endsWith("started") ? 1 : line.contains("] succeeded") ? -1 : 0;
            assertThat(running).isBetween(0, 1);
        }
        assertThat(lines).contains("many: succeeded, 6 of 6 done, 0.0s");
    }

    @Test
    void a_failed_on_start_is_told_without_a_stage_that_has_no_name() {
        door.file(
                "start.sloth",
                """
                workflow.define("w"):tasks({ task("a"):command("true") })
                    :on_start(function() return false, "no" end)
                """);
        assertThat(door.call("run", "start.sloth").out())
                .contains("[a] skipped: on_start failed: no")
                .doesNotContain("stage");
    }

    @Test
    void a_plan_shows_lists_of_a_selector_as_lists() {
        door.file(
                "far.sloth",
                """
                workflow.define("w"):tasks({
                    task("a"):command("true"):delegate_to({ tags = { "gpu", "big" }, region = "eu" })
                })
                """);
        assertThat(door.call("plan", "far.sloth").out())
                .contains("a (on an agent with tags gpu and big, region eu)");
    }

    @Test
    void tasks_that_keep_every_processor_busy_still_time_out_and_others_run_beside_them() {
        int busy = Runtime.getRuntime().availableProcessors() + 1;
        var script =
                """
                local all = {}
                for i = 1, %d do
                    all[i] = { name = "busy" .. i, timeout = "1s",
                        command = function() while true do end end }
                end
                all[#all + 1] = { name = "brief", command = "echo beside" }
                workflow.define("crowd", { tasks = all })
                """
                        .formatted(busy);
        var max = String.valueOf(busy + 1);
        var answer =
                door.file("crowd.sloth", script).call("run", "crowd.sloth", "--max-parallel", max);
        assertThat(answer.out()).contains("[brief] beside").contains(busy + " timed out");
        assertThat(answer.exit()).isEqualTo(1);
    }

    @Test
    void each_line_of_an_entry_begins_with_its_task_and_a_handle_shows_no_class_of_java() {
        var script =
                """
                workflow.define("lines", { tasks = { { name = "many", command = function()
                    log.info("one\\ntwo", { detail = "three\\nfour" })
                    log.print("five\\nsix")
                    print(goroutine.mutex())
                    return false, "seven\\neight"
                end } } })
                """;
        var answer = door.file("lines.sloth", script).call("run", "lines.sloth");
        assertThat(answer.out())
                .contains("[many] INFO one\n[many] INFO two detail=three\n[many] INFO four\n")
                .contains("[many] five\n[many] six\n")
                .contains(": seven\n[many] eight\n")
                .containsPattern("\\[many\\] goroutine\\.mutex: 0x[0-9a-f]{8}\n")
                .doesNotContain("dev.sloth");
    }
}
