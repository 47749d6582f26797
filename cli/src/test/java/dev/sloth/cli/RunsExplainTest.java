package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Why tasks are where they are.
@Timeout(120)
class RunsExplainTest {
    private static final String SCRIPT =
            """
            local t = task("t"):delegate_to({ tags = { "web" } }):command("exit 3")
            local after = task("after"):depends_on({ "t" }):command("true")
            workflow.define("w"):tasks({ t, after })
            """;

    @TempDir private Path folder;
    private Door door;
    private Site site;

    @BeforeEach
    void open() throws Exception {
        door =
                new Door(folder)
                        .file("w.sloth", SCRIPT)
                        .file(
                                "here.sloth",
                                "workflow.define('h'):tasks({ task('t'):command('true') })");
        site = new Site(folder, door);
        site.agent("web1", "web");
        site.agent("db1", "db");
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    void where_a_task_was_done_and_why_there_is_told_afterwards_too() {
        assertThat(site.call("run", "w.sloth").exit()).isEqualTo(1);
        var answer = site.call("runs", "explain", "last", "t");
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains(
                        ": failed, done by agents",
                        "attempt 1 began at ",
                        "given to web1: the least busy that fits: web1 0/4; it failed: the command"
                                + " ended with exit code 3");
        assertThat(site.call("runs", "explain", "last", "after").out())
                .contains("skipped, ")
                .doesNotContain("attempt");
        var document = site.call("runs", "explain", "last", "t", "-o", "json").out();
        assertThat(document).contains("\"host\" : \"web1\"", "\"exit_code\" : 3");
        assertThat(site.call("runs", "events", "last").out()).contains("host_ended", "web1");
    }

    @Test
    void what_a_task_waits_for_and_why_each_agent_is_out_is_told() throws Exception {
        assertThat(site.call("agent", "drain", "web1").exit()).isZero();
        site.agent("web2", "web");
        site.leave("web2");
        site.await(() -> site.call("agent", "show", "web2").out().contains("away"));
        var run = site.call("run", "w.sloth", "--detach").out().strip();
        site.await(() -> site.call("runs", "explain", run, "t").out().contains("web2"));
        assertThat(site.call("runs", "explain", run, "t").out())
                .contains(
                        ": running, it waits for an agent",
                        "it waits: of 2 that fit, 1 is not connected, 1 takes nothing new",
                        "it is waited until ",
                        "1 takes nothing new: web1 (draining)",
                        "1 is not connected: web2",
                        "1 does not match what is asked for, an agent with `'web' in tags`: db1",
                        "help: `sloth-runner agent list` shows who is away, draining or busy");
        assertThat(site.call("runs", "explain", run, "t", "-o", "json").out())
                .contains("\"looked_at\" : 3", "\"count\" : 1", "\"left_out\" : 0");
        assertThat(site.call("runs", "explain", run, "after").out())
                .contains(": waiting, it waits for t\n");
        assertThat(site.call("agent", "resume", "web1").exit()).isZero();
        site.await(() -> site.call("runs", "explain", run, "t").out().contains("failed"));
    }

    private void count(int count) {
        door.file(
                "many.sloth",
                "workflow.define('m'):tasks({ task('t'):delegate_to({ count = %d })"
                                .formatted(count)
                        + ":command('true'):build() })");
    }

    @Test
    void why_several_agents_were_chosen_is_told() {
        count(2);
        var run = site.call("run", "many.sloth");
        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(site.call("runs", "explain", "last", "t").out())
                .contains(
                        "given to web1: one of the 2 least busy of 2 that match: any agent;",
                        "given to db1: one of the 2 least busy of 2 that match: any agent;");
    }

    @Test
    void how_many_agents_match_and_how_many_are_needed_is_told_when_they_are_too_few() {
        count(3);
        var run = site.call("run", "many.sloth");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).doesNotContain("started");
        assertThat(site.call("runs", "explain", "last", "t").out())
                .contains(
                        ": failed, no agent began it: 3 agents are needed, and 2 match: any agent"
                                + " [SLOTH-4762]",
                        "  help: Ask for fewer in delegate_to");
        assertThat(site.call("runs", "explain", "last", "t", "-o", "json").out())
                .contains("\"remedy\" : \"Ask for fewer in delegate_to");
    }

    @Test
    void a_task_that_found_no_agent_was_done_by_none() {
        door.file(
                "nobody.sloth",
                "workflow.define('n'):tasks({ task('t'):delegate_to({ tags = { 'gpu' } })"
                        + ":command('true'):build() })");
        assertThat(site.call("run", "nobody.sloth").exit()).isEqualTo(1);
        assertThat(site.call("runs", "explain", "last", "t").out())
                .contains(
                        ": failed, no agent began it: there is no agent that fits",
                        "[SLOTH-4762]",
                        "  help: `sloth-runner agent list` shows those that there are");
    }

    @Test
    void of_a_run_of_this_machine_it_is_told_that_it_was_done_here() {
        assertThat(door.call("run", "here.sloth").exit()).isZero();
        assertThat(door.call("runs", "explain", "last", "t").out())
                .contains(": succeeded, done on the machine where its run was driven");
    }

    @Test
    void a_task_that_there_is_not_is_told() {
        assertThat(door.call("run", "here.sloth").exit()).isZero();
        var answer = door.call("runs", "explain", "last", "tt");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("SLOTH-9020", "no task 'tt'");
        assertThat(door.call("runs", "explain", "last").err()).contains("SLOTH-9001");
    }
}
