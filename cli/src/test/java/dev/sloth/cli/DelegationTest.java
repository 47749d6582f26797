package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.agent.work.Worker;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskReport;
import dev.sloth.core.run.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tasks of a master's runs on agents.
@Timeout(120)
class DelegationTest {
    @TempDir private Path folder;
    private Site site;

    @BeforeEach
    void open() throws Exception {
        site = new Site(folder);
        site.agent("web1", "web");
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    void a_task_is_done_by_an_agent_and_its_lines_and_outputs_come_back() throws Exception {
        var run =
                site.submit(
                        "two",
                        """
                        local first = task("first"):command(function(this)
                          print("hello from " .. this.agent)
                          return true, "did it", { n = 7 }
                        end)
                        local second = task("second"):depends_on({ "first" }):command(function(this, params, inputs)
                          log.info("got " .. inputs.first.n)
                          return true, exec.run("echo shell").stdout
                        end)
                        workflow.define("w"):tasks({ first, second })
                        """);
        var report = site.ended(run);

        assertThat(report.status()).as("%s", report).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(site.lines(run)).containsExactly("hello from web1", "INFO got 7", "shell");
        assertThat(report.tasks())
                .extracting(TaskReport::message)
                .containsExactly("did it", "shell\n");
    }

    @Test
    void an_agent_that_ends_waits_until_the_master_has_its_results_or_says_how_many_it_keeps()
            throws Exception {
        var go = folder.resolve("go");
        var run =
                site.submit(
                        "late",
                        """
                        local t = task("t"):command("echo on it; until [ -e '%s' ]; do sleep 0.02; done")
                        workflow.define("w"):tasks({ t })
                        """
                                .formatted(go));
        site.await(() -> site.lines(run).contains("on it"));
        assertThat(site.drain("web1", Duration.ZERO)).isEqualTo(new Worker.Left(1, 0));
        site.down();
        Files.createFile(go);
        var kept = new Worker.Left(0, 1);
        site.await(() -> site.drain("web1", Duration.ofMillis(50)).equals(kept));
        site.up();
        assertThat(site.drain("web1", Duration.ofSeconds(60))).isEqualTo(new Worker.Left(0, 0));
        assertThat(site.ended(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_task_for_several_agents_is_done_on_each_and_tells_of_each() throws Exception {
        site.agent("web2", "web");
        var run =
                site.submit(
                        "both",
                        """
                        local t = task("t"):delegate_to({ "web1", "web2" }):command(function(this)
                          print("on it")
                          return true, "", { me = this.agent }
                        end)
                        local after = task("after"):depends_on({ "t" }):command(function(this, p, inputs)
                          return true, inputs.t.web1.me .. "+" .. inputs.t.web2.me
                        end)
                        workflow.define("w"):tasks({ t, after })
                        """);
        var report = site.ended(run);

        assertThat(report.status()).as("%s", report).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.tasks().getLast().message()).isEqualTo("web1+web2");
        assertThat(site.lines(run)).containsExactlyInAnyOrder("web1 | on it", "web2 | on it");
    }

    @Test
    void a_task_that_failed_on_one_of_several_agents_still_tells_what_it_gave_on_the_others()
            throws Exception {
        site.agent("web2", "web");
        var run =
                site.submit(
                        "half",
                        """
                        local t = task("t"):delegate_to({ "web1", "web2" }):command(function(this)
                          return this.agent == "web1", "", { me = this.agent }
                        end)
                        workflow.define("w"):tasks({ t })
                        """);
        var task = site.ended(run).tasks().getFirst();

        assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(task.outputs())
                .isEqualTo(new DataTable().with("web1", new DataTable().with("me", "web1")));
    }

    @Test
    void who_is_asked_for_and_not_there_is_told() throws Exception {
        var run =
                site.submit(
                        "nobody",
                        """
                        workflow.define("w"):tasks({ task("t"):delegate_to("nosuch"):command("true") })
                        """);
        assertThat(site.ended(run).message()).contains("there is no agent 'nosuch'");
    }

    @Test
    void a_function_says_where() throws Exception {
        site.agent("web2", "web");
        var run =
                site.submit(
                        "where",
                        """
                        local t = task("t"):delegate_to(function() return "web2" end):command(function(this)
                          return true, this.agent
                        end)
                        workflow.define("w"):tasks({ t })
                        """);
        assertThat(site.ended(run).tasks().getFirst().message()).isEqualTo("web2");
    }

    @Test
    void what_hooks_conditions_and_placing_functions_print_is_kept_beside_what_tasks_print()
            throws Exception {
        var run =
                site.submit(
                        "beside",
                        """
                        local t = task("t")
                          :delegate_to(function() print("choosing"); print("still"); return "web1" end)
                          :command(function() print("one"); print("two"); print("three"); return true end)
                        workflow.define("w")
                          :on_start(function() log.info("it starts") end)
                          :on_complete(function(ok) print("it ended", ok) end)
                          :tasks({ t })
                        """);
        assertThat(site.ended(run).status()).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(site.call("runs", "logs", run.text()).lines())
                .containsExactly(
                        "[on_start] INFO it starts",
                        "[t] choosing",
                        "[t] still",
                        "[t] one",
                        "[t] two",
                        "[t] three",
                        "[on_complete] it ended\ttrue");
        assertThat(site.call("runs", "logs", run.text(), "-t", "on_start").lines())
                .containsExactly("INFO it starts");
    }

    @Test
    void a_command_outlives_the_master_and_its_agent_and_is_done_once() throws Exception {
        var file = folder.resolve("count");
        var run =
                site.submit(
                        "once",
                        """
                        local t = task("t"):command("echo begin; echo x >> %s; sleep 3; echo end")
                        workflow.define("w"):tasks({ t })
                        """
                                .formatted(file));
        site.await(() -> Files.exists(file) && site.lines(run).contains("begin"));
        site.restart();
        site.leave("web1");
        site.agent("web1");
        site.restart();
        var report = site.ended(run);

        assertThat(report.status()).as("%s", report).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(Files.readAllLines(file)).isEqualTo(List.of("x"));
        assertThat(site.lines(run)).containsExactly("begin", "end");
    }

    @Test
    void artifacts_go_from_one_agent_to_another() throws Exception {
        site.agent("db1", "db");
        var run =
                site.submit(
                        "artifacts",
                        """
                        local make = task("make"):delegate_to("web1"):artifacts({ "out.txt" })
                          :command("echo content > out.txt")
                        local use = task("use"):delegate_to({ tags = { "db" } }):depends_on({ "make" })
                          :consumes({ "out.txt" }):command("cat out.txt")
                        workflow.define("w"):tasks({ make, use })
                        """);
        assertThat(site.ended(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(site.lines(run)).containsExactly("content");
    }

    @Test
    void tasks_on_agents_share_state_and_tell_events() throws Exception {
        site.agent("web2", "web");
        var run =
                site.submit(
                        "shared",
                        """
                        local add = task("add"):delegate_to({ "web1", "web2" }):command(function()
                          for i = 1, 20 do state.increment("n", 1) end
                          event.dispatch("counted", { by = "task" }, "n")
                          return true
                        end)
                        local read = task("read"):depends_on({ "add" }):command(function()
                          return true, tostring(state.get("n"))
                        end)
                        workflow.define("w"):tasks({ add, read })
                        """);
        var report = site.ended(run);
        assertThat(report.tasks().getLast().message()).as("%s", report).isEqualTo("40");
    }

    private String doneBy(String name, String place) throws Exception {
        var run =
                site.submit(
                        name,
                        """
                        local t = task("t"):delegate_to(%s):command(function(this)
                          return true, this.agent
                        end)
                        workflow.define("w"):tasks({ t })
                        """
                                .formatted(place));
        return site.ended(run).tasks().getFirst().message();
    }

    @Test
    void an_agent_is_selected_by_all_that_is_known_of_it() throws Exception {
        site.agent("db1", "db", "pool=blue", "rack=r1");
        assertThat(doneBy("pool", "{ pool = 'blue' }")).isEqualTo("db1");
        assertThat(doneBy("label", "{ labels = { rack = 'r1' } }")).isEqualTo("db1");
        assertThat(doneBy("name", "{ name = 'web*' }")).isEqualTo("web1");
        assertThat(doneBy("expression", "{ selector = \"labels.rack == '' and name != 'x'\" }"))
                .isEqualTo("web1");
        assertThat(doneBy("nested", "{ selector = { tags = { 'db' } } }")).isEqualTo("db1");
        assertThat(doneBy("nobody", "{ pool = 'red' }"))
                .isEqualTo(
                        "there is no agent that fits: an agent with `labels.pool == 'red'`"
                                + " [SLOTH-4762]");
    }

    @Test
    void so_many_agents_as_are_asked_for_do_it_at_once() throws Exception {
        site.agent("web2", "web");
        assertThat(doneBy("both", "{ tags = { 'web' }, count = 2 }")).isEqualTo("done on 2 agents");
        assertThat(doneBy("three", "{ tags = { 'web' }, count = 3 }"))
                .startsWith("3 agents are needed, and 2 match: ");
    }

    @Test
    void a_selector_that_cannot_be_read_keeps_a_run_from_beginning() {
        for (var place :
                List.of("{ selector = 'tags = x' }", "{ tags = 'x', strategy = 'by_price' }")) {
            assertThatThrownBy(() -> doneBy("bad", place))
                    .isInstanceOf(Problems.class)
                    .hasMessageContaining("task t: ")
                    .hasMessageContaining("SLOTH-4763");
        }
    }
}
