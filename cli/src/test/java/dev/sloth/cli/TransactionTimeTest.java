package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A transaction that takes too long is stopped, whatever its function does.
@Timeout(60)
final class TransactionTimeTest {
    private static final String LIMIT = "300ms";

    @TempDir private Path folder;

    /// Runs the body as the function of a task; `late` expects that a function is stopped in time
    /// as the one of a transaction.
    private void holds(String body) {
        var script =
                """
                local function late(fn)
                  local began = time.now()
                  local ok, err = pcall(state.transaction, fn)
                  local took = time.now() - began
                  if ok then error("it was not stopped", 2) end
                  if not tostring(err):find("longer than state.transaction_max", 1, true) then
                    error("another error: " .. tostring(err), 2)
                  end
                  if took > 5 then error("it took " .. took .. " s", 2) end
                end
                local t = task("t"):command(function()
                %s
                  return true
                end)
                workflow.define("w"):tasks({ t })
                """
                        .formatted(body);
        var answer =
                new Door(folder)
                        .file("w.sloth", script)
                        .call("run", "w.sloth", "--state-transaction-max", LIMIT);
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
    }

    @Test
    void a_loop_without_end_is_stopped_and_the_script_goes_on() {
        holds(
                """
                late(function()
                  state.set("lost", 1)
                  while true do end
                end)
                if state.get("lost") then error("it was kept") end
                state.transaction(function() state.set("kept", 1) end)
                local sum = 0
                for i = 1, 1e6 do sum = sum + i end
                if state.get("kept") ~= 1 then error("the next one was lost") end
                """);
    }

    @Test
    void what_waits_is_interrupted() {
        holds(
                """
                late(function() time.sleep(20) end)
                late(function() exec.run("sleep 20") end)
                late(function() os.execute("sleep 20") end)
                late(function() io.popen("sleep 20"):read("*a") end)
                late(function() goroutine.sleep(20000) end)
                late(function()
                  local channel = goroutine.channel()
                  goroutine.spawn(function() time.sleep(1) channel:send(1) end)
                  channel:receive()
                end)
                """);
    }

    @Test
    void catching_the_error_keeps_nothing_going() {
        holds(
                """
                local function forever() while true do end end
                late(function() pcall(forever) return 1 end)
                late(function() while true do pcall(forever) end end)
                late(function() while true do pcall(time.sleep, 20) end end)
                late(function() while true do xpcall(forever, function() forever() end) end end)
                late(function()
                  while true do pcall(coroutine.wrap(function() while true do pcall(forever) end end)) end
                end)
                """);
    }

    @Test
    void what_is_done_beside_a_transaction_that_was_left_is_not_stopped() {
        holds(
                """
                local co = coroutine.create(function()
                  state.transaction(function()
                    coroutine.yield()
                    while true do end
                  end)
                end)
                coroutine.resume(co)
                time.sleep(0.6)
                local sum = 0
                for i = 1, 1e6 do sum = sum + i end
                state.set("outside", sum)
                local ok, err = coroutine.resume(co)
                if ok or not tostring(err):find("state.transaction_max", 1, true) then
                  error(tostring(err))
                end
                """);
    }
}
