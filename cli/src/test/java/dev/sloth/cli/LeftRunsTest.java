package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.run.Reuse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs that nobody drives any more, and runs that somebody else drives.
class LeftRunsTest {
    private static final String SCRIPT =
            """
            local one = task("one"):command("echo one >> $OUT/one"):build()
            local two = task("two"):depends_on("one"):command("echo two >> $OUT/two"):build()
            workflow.define("deploy"):tasks({ one, two }):on_complete(function(success)
                fs.write("$OUT/completed", tostring(success))
            end)
            """;

    private static final String LONG =
            """
            local long = task("long"):command("echo begun; sleep 300"):build()
            workflow.define("long"):tasks({ long }):on_complete(function(success)
                fs.write("$OUT/completed", tostring(success))
            end)
            """;

    @TempDir private Path folder;
    private Door door;

    @BeforeEach
    void open() {
        door =
                new Door(folder)
                        .file("deploy.sloth", SCRIPT.replace("$OUT", folder.toString()))
                        .file("long.sloth", LONG.replace("$OUT", folder.toString()));
    }

    @Test
    void one_that_takes_over_artifacts_has_them_once_it_goes_on() {
        door.file(
                "eats.sloth",
                """
                local pack = task("pack"):artifacts({ "a.txt" }):command("echo packed > a.txt"):build()
                local eat = task("eat"):depends_on("pack"):consumes({ "a.txt" })
                    :command("test -e $OUT/ready && cp a.txt $OUT/eaten"):build()
                workflow.define("eats"):tasks({ pack, eat })
                """
                        .replace("$OUT", folder.toString()));
        assertThat(door.call("run", "eats.sloth").exit()).isEqualTo(Exit.FAILED);
        door.file("ready", "");
        var earlier = door.call("runs", "list").lines().get(1).split(" ", 2)[0];
        var packed = Outcome.succeeded("", new DataTable(), false);
        var reuse = new Reuse(new RunId(earlier), Map.of(new TaskName("pack"), packed));
        var left = LeftRun.of(door, "eats.sloth", reuse).text();
        var answer = door.call("resume", left);
        assertThat(answer.exit()).as(answer.out()).isZero();
        assertThat(door.read("eaten")).isEqualTo("packed\n");
    }

    @Test
    void a_run_that_nobody_drives_is_interrupted_and_the_list_says_what_to_do() {
        var id = LeftRun.of(door, "deploy.sloth").text();
        var list = door.call("runs", "list", "--status", "interrupted");
        assertThat(list.out())
                .contains(id, " interrupted ", "left=yes")
                .contains("%s is interrupted: `sloth-runner resume %s`".formatted(id, id));
        assertThat(door.call("runs", "list", "--status", "running").out()).isEqualTo("no runs\n");
        assertThat(door.call("runs", "show", id).out())
                .contains("interrupted", "sloth-runner resume");
        for (var command : List.of("delete", "retry")) {
            var answer = door.call("runs", command, id);
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err()).contains("SLOTH-4006");
        }
        assertThat(door.call("gc", "--retention-count", "1", "--retention-age", "0").out())
                .contains("removed 0 of 0 runs");
        assertThat(door.call("resume", id).exit()).isZero();
        assertThat(door.read("two")).isEqualTo("two\n");
    }

    @Test
    void cancelling_a_run_that_nobody_drives_ends_it_here_with_all_that_belongs_to_its_end() {
        var id = LeftRun.of(door, "deploy.sloth").text();
        var answer = door.call("runs", "cancel", id);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exit()).isZero();
        assertThat(door.call("runs", "list", "--status", "cancelled").out()).contains(id);
        assertThat(door.read("completed")).isEqualTo("false");
        assertThat(folder.resolve("two")).doesNotExist();
        var again = door.call("runs", "cancel", id);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("SLOTH-4003", "has ended already");
    }

    @Test
    @Timeout(120)
    void cancelling_a_run_that_somebody_drives_is_done_by_its_owner() throws Exception {
        var driven =
                CompletableFuture.supplyAsync(
                        () -> new Door(folder).call("run", "long.sloth"),
                        Thread::startVirtualThread);
        var watcher = new Door(folder);
        while (!watcher.call("runs", "list", "--status", "running").out().contains(" long ")) {
            Thread.onSpinWait();
        }
        var answer = watcher.call("runs", "cancel", "last");
        // It may be through with that before we look.
        assertThat(answer.out())
                .containsPattern("is being cancelled by process |has ended: cancelled");
        assertThat(answer.exit()).isZero();
        assertThat(watcher.call("runs", "events", "last", "-f", "-o", "json").lines().getLast())
                .contains("\"event\":\"run_ended\",\"status\":\"cancelled\"");
        assertThat(driven.get(60, TimeUnit.SECONDS).exit()).isEqualTo(1);
        assertThat(door.read("completed")).isEqualTo("false");
    }

    @Test
    void the_summary_of_a_run_that_waits_says_how_long_it_has_taken_so_far() {
        var id = LeftRun.of(door, "deploy.sloth", "one").text();
        var answer = door.call("resume", id, "-o", "json");
        assertThat(answer.out()).contains("\"status\" : \"waiting\"");
        assertThat(answer.out())
                .containsPattern(
                        "\"status\" : \"waiting\",\\s+\"message\" : \"[^\"]*\",\\s+\"seconds\" : (?!0\\.0,)");
    }

    @Test
    void what_waits_for_a_decision_is_listed_decided_once_and_taken_up_by_resume() {
        var id = LeftRun.of(door, "deploy.sloth", "one").text();
        assertThat(door.call("runs", "list", "--status", "waiting").out())
                .contains(id + " is waiting: `sloth-runner runs decide " + id + "`");
        assertThat(door.call("runs", "decide", id).lines().get(1)).matches("one +1 +- .*");
        assertThat(door.call("runs", "decide", id, "two", "--failed").err())
                .contains("SLOTH-4008", "these do: one");
        assertThat(door.call("runs", "decide", id, "one").err()).contains("give one of");
        assertThat(door.call("runs", "decide", id, "one", "--failed", "--retry").err())
                .contains("do not go together");
        assertThat(door.call("runs", "decide", id, "one", "--succeeded", "--outputs", "3").err())
                .contains("SLOTH-9005");
        var decided =
                door.call("runs", "decide", id, "one", "--succeeded", "--outputs", "{\"n\": 7}");
        assertThat(decided.exit()).isZero();
        assertThat(decided.out()).contains("succeeded; `sloth-runner resume " + id + "`");
        assertThat(door.call("runs", "decide", id, "one", "--failed").err())
                .contains("SLOTH-4008", "has decided already: succeeded");
        assertThat(door.call("resume", id).exit()).isZero();
        assertThat(folder.resolve("one")).doesNotExist();
        assertThat(door.read("two")).isEqualTo("two\n");
        assertThat(door.call("runs", "show", id, "-o", "json").out()).contains("\"n\" : 7");
        assertThat(door.call("runs", "decide", id).err()).contains("SLOTH-4003");
    }

    @Test
    void a_task_that_is_to_be_tried_again_runs_and_one_that_failed_ends_the_run_as_failed() {
        var again = LeftRun.of(door, "deploy.sloth", "one").text();
        door.call("runs", "decide", again, "one", "--retry");
        assertThat(door.call("resume", again).exit()).isZero();
        assertThat(door.read("one")).isEqualTo("one\n");
        var failed = LeftRun.of(door, "deploy.sloth", "one").text();
        door.call("runs", "decide", failed, "one", "--failed");
        assertThat(door.call("resume", failed).exit()).isEqualTo(1);
        assertThat(door.call("runs", "list", "--status", "failed").out()).contains(failed);
    }

    @Test
    void a_run_that_waits_for_a_decision_can_be_cancelled() {
        var id = LeftRun.of(door, "deploy.sloth", "one").text();
        assertThat(door.call("runs", "cancel", id).exit()).isZero();
        assertThat(door.call("runs", "list", "--status", "cancelled").out()).contains(id);
    }
}
