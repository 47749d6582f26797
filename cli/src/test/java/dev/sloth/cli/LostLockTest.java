package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LostLockTest {
    private static final String FLOW =
            """
            local t = task("t"):command(function()
              local ok, err = pcall(state.with_lock, "deploy", function()
                state.set("inside", 1)
                while not state.get("gone") do time.sleep(0.02) end
              end)
              state.with_lock("deploy", function() state.unlock("deploy") end)
              return not ok, tostring(err)
            end)
            workflow.define("w"):tasks({ t })
            """;

    @TempDir private Path folder;

    private void takeTheLockAway() {
        var door = new Door(folder);
        while (door.call("state", "get", "inside").exit() != Exit.OK) {
            Thread.onSpinWait();
        }
        assertThat(door.call("state", "unlock", "deploy").exit()).isZero();
        assertThat(door.call("state", "set", "gone", "1").exit()).isZero();
    }

    @Test
    void a_lock_that_was_taken_away_while_its_function_ran_is_an_error_of_with_lock()
            throws Exception {
        var operator = Thread.ofVirtual().start(this::takeTheLockAway);
        var answer = new Door(folder).file("w.sloth", FLOW).call("run", "w.sloth");
        operator.join();
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out()).contains("the lock 'deploy' was lost while its function ran");
    }
}
