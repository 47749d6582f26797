package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.LuaError;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// No thread outlives its state.
class ThreadsTest {
    @Test
    void closing_a_state_ends_its_suspended_coroutines() {
        String text =
                """
                kept = {}
                for i = 1, 200 do
                    kept[i] = coroutine.create(function()
                        pcall(function() coroutine.yield(i) end)
                        ended = (ended or 0) + 1
                    end)
                    coroutine.resume(kept[i])
                end
                return coroutine.status(kept[1])
                """;
        Lua lua = Runs.open();
        try (lua) {
            assertThat(Runs.text(lua.run(Runs.script(text)))).isEqualTo("suspended");
        }
        assertThat(lua.state().fibers().coroutines()).isZero();
        assertThat(lua.state().globals().length()).isZero();
    }

    @Test
    void a_coroutine_that_ended_or_failed_keeps_no_thread() {
        String text =
                """
                for i = 1, 1000 do
                    coroutine.wrap(function() coroutine.yield() end)
                    local co = coroutine.wrap(function() coroutine.yield(i) end)
                    co() co()
                    pcall(coroutine.wrap(function() error('x') end))
                end
                """;
        try (Lua lua = Runs.open(Budget.DEFAULT.withCoroutines(2))) {
            lua.run(Runs.script(text));
            assertThat(lua.state().fibers().coroutines()).isZero();
        }
    }

    @Test
    void deep_recursion_leaves_no_thread_behind() throws InterruptedException {
        String text =
                "local function f(n) if n == 0 then boom() end return 1 + f(n - 1) end f(15000)";
        assertThat(Runs.error(text)).contains("attempt to call a nil value (global 'boom')");
        for (Thread thread : List.copyOf(Thread.getAllStackTraces().keySet())) {
            if (thread.getName().equals("lua-deep")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void an_interrupt_of_the_host_reaches_it_again() throws InterruptedException {
        var running = new CountDownLatch(1);
        var seen = new CountDownLatch(1);
        try (Lua lua = Runs.open()) {
            Thread thread =
                    Thread.ofPlatform()
                            .start(() -> {
                                running.countDown();
                                try {
                                    lua.run(
                                            Runs.script(
                                                    "coroutine.wrap(function()"
                                                            + " for i = 1, 3e6 do end end)()"));
                                } catch (LuaError e) {
                                    throw new AssertionError(e);
                                }
                                if (Thread.currentThread().isInterrupted()) {
                                    seen.countDown();
                                }
                            });
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            thread.interrupt();
            assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
