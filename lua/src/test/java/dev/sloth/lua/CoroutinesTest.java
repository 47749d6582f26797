package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaState;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Coroutines wherever they have got to, on the JVM's continuations and on threads.
class CoroutinesTest {
    private static final String DEEP =
            """
            local function deep(n)
                if n == 0 then return coroutine.yield('down') end
                return deep(n - 1) + 1
            end
            """;

    @Test
    void one_is_left_and_entered_again_from_deep_within_a_recursion() {
        assertThat(
                        Runs.result(
                                DEEP
                                        + """
                                        local all = {}
                                        for i = 1, 3 do
                                            all[i] = coroutine.wrap(deep)
                                            assert(all[i](4000 * i) == 'down')
                                        end
                                        return all[1](1), all[3](3), all[2](2)
                                        """))
                .isEqualTo("4001 12003 8002");
    }

    @Test
    void one_that_was_left_deep_within_goes_on_under_another_deep_recursion() {
        assertThat(
                        Runs.result(
                                DEEP
                                        + """
                                        local co = coroutine.wrap(deep)
                                        co(3000)
                                        local function under(n)
                                            if n == 0 then return co(0) end
                                            return under(n - 1) + 1
                                        end
                                        return under(7000)
                                        """))
                .isEqualTo("10000");
    }

    @Test
    void one_in_the_other_are_left_together() {
        assertThat(
                        Runs.result(
                                """
                                local function nest(n)
                                    if n == 0 then return coroutine.yield(1) end
                                    local inner = coroutine.wrap(nest)
                                    local got = inner(n - 1)
                                    while got do
                                        got = inner(coroutine.yield(got + 1))
                                    end
                                end
                                local co = coroutine.wrap(nest)
                                return co(100), (co())
                                """))
                .isEqualTo("101 nil");
    }

    @Test
    void those_that_nothing_refers_to_any_more_do_not_count() {
        assertThat(
                        Runs.result(
                                Budget.DEFAULT.withCoroutines(100),
                                DEEP
                                        + """
                                        local sum, kept = 0, {}
                                        for i = 1, 1000 do
                                            local co = coroutine.wrap(function() coroutine.yield(i) end)
                                            sum = sum + co()
                                            if i % 20 == 0 then kept[#kept + 1] = co end
                                            if i % 50 == 0 then coroutine.wrap(deep)(500) end
                                        end
                                        for _, co in ipairs(kept) do co() end
                                        return sum
                                        """))
                .isEqualTo("500500");
    }

    @Test
    void what_a_deep_one_holds_on_its_stack_counts_as_memory() {
        assertThat(
                        Runs.error(
                                Budget.DEFAULT.withMemoryBytes(16 << 20).withCoroutines(1_000_000),
                                DEEP
                                        + """
                                        local all = {}
                                        for i = 1, 1e6 do
                                            all[i] = coroutine.wrap(deep)
                                            all[i](120)
                                        end
                                        """))
                .contains("not enough memory");
    }

    @Test
    void many_states_on_virtual_threads_sleep_within_coroutines_at_once() throws Exception {
        var script =
                Runs.script(
                        """
                        local co = coroutine.wrap(function(n)
                            for i = 1, 20 do n = n + i rest() coroutine.yield(n) end
                        end)
                        local last = co(0)
                        for i = 2, 20 do last = co() end
                        return last
                        """);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> runs =
                    IntStream.range(0, 200)
                            .<Callable<String>>mapToObj(_ ->
                                    () -> {
                                        try (Lua lua = Runs.open()) {
                                            lua.set("rest", new Rest());
                                            return Runs.text(lua.run(script));
                                        }
                                    })
                            .toList();
            assertThat(threads.invokeAll(runs)).extracting(Future::get).containsOnly("210");
        }
    }

    /// Lets other threads run, as whatever blocks does.
    private static final class Rest extends HostFunction {
        Rest() {
            super("rest");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            LockSupport.parkNanos(100_000);
            return s.none();
        }
    }
}
