package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the commands of an agent that somebody ends in a hurry.
final class AgentEndIT {
    @TempDir private Path scratch;

    @Test
    void a_command_of_an_agent_that_is_told_twice_to_end_goes_on_and_the_next_start_has_its_end()
            throws Exception {
        var cluster = new Cluster(scratch, ClusterHardTimesIT.QUICK);
        try {
            cluster.master();
            cluster.join("a1", "--drain", "60s");
            var script = scratch.resolve("long.sloth");
            Files.writeString(
                    script,
                    """
                    local t = task("t"):command("echo begun; echo $$ >> '%1$s/begun'; "
                        .. "until [ -e '%1$s/go' ]; do sleep 0.05; done; echo done")
                    workflow.define("long"):tasks({ t })
                    """
                            .formatted(scratch));
            var run = cluster.user("run", script.toString(), "--detach");
            assertThat(run.code()).as(run.all()).isZero();
            var begun = scratch.resolve("begun");
            cluster.await("the command", () -> Files.exists(begun) && Files.size(begun) > 0);

            cluster.endTwice("a1");
            var pid = Long.parseLong(Files.readString(begun).strip());
            assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
            cluster.agent("a1");
            Files.createFile(scratch.resolve("go"));

            var ended = cluster.user("attach", run.out().strip());
            assertThat(ended.code()).as(ended.all()).isZero();
            var logs = cluster.user("runs", "logs", run.out().strip());
            assertThat(logs.out()).containsSubsequence("begun", "done");
            assertThat(Files.readAllLines(begun)).hasSize(1);
            cluster.judge();
        } finally {
            cluster.close();
        }
    }
}
