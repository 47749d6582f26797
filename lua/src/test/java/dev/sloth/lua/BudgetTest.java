package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.LuaKilled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each budget is kept, and told by its name.
class BudgetTest {
    private static final String DEEP =
            "local function d(n) if n == 0 then return 0 end return 1 + d(n - 1) end ";

    @Test
    void pcall_cannot_loop_around_spent_steps() {
        Budget budget = Budget.DEFAULT.withSteps(100_000);
        try (Lua lua = Runs.open(budget)) {
            Script script =
                    Runs.script("while true do pcall(function() while true do end end) end");
            assertThatThrownBy(() -> lua.run(script))
                    .isInstanceOf(LuaKilled.class)
                    .hasMessage("script exceeded 100000 steps");
        }
    }

    @Test
    void recursion_goes_as_deep_as_the_budget_says() {
        assertThat(Runs.result(DEEP + "return d(19000)")).isEqualTo("19000");
        Budget deeper = Budget.DEFAULT.withCallDepth(200_100);
        assertThat(Runs.result(deeper, DEEP + "return d(200000)")).isEqualTo("200000");
    }

    @Test
    void deep_recursion_works_on_a_virtual_thread() throws InterruptedException {
        var got = new StringBuilder();
        Thread.ofVirtual().start(() -> got.append(Runs.result(DEEP + "return d(19000)"))).join();
        assertThat(got.toString()).isEqualTo("19000");
    }

    @Test
    void endless_recursion_is_an_ordinary_error_again_and_again() {
        String text =
                """
                local n = 0
                local function f() n = n + 1 return 1 + f() end
                local ok, first = pcall(f)
                local deep = n
                n = 0
                local again, second = pcall(f)
                return ok, first, again, first == second, n == deep, n > 10000
                """;
        assertThat(Runs.result(text))
                .isEqualTo("false test.lua:2: stack overflow false true true true");
    }

    @Test
    void two_hundred_protected_calls_nest() {
        String text =
                """
                local function nest(n)
                    if n == 0 then return 'bottom' end
                    local _, value = pcall(nest, n - 1)
                    return value
                end
                return nest(200)
                """;
        assertThat(Runs.result(text)).isEqualTo("bottom");
    }

    @Test
    void too_many_nested_host_functions_are_an_error() {
        String text = "local function f() return select(2, pcall(f)) end return f()";
        assertThat(Runs.result(text)).contains("C stack overflow");
    }

    @Test
    void coroutines_in_coroutines_end_with_an_error() {
        String text =
                "local function f() return coroutine.wrap(f)() end return (select(2, pcall(f)))";
        assertThat(Runs.result(text)).contains("C stack overflow");
    }

    @Test
    void a_string_beyond_its_budget_is_refused() {
        Budget budget = Budget.DEFAULT.withStringBytes(1000);
        String text = "local x = 'x' while true do x = x .. x end";
        assertThat(Runs.error(budget, text)).isEqualTo("test.lua:1: string length overflow");
    }

    @Test
    void live_memory_beyond_the_budget_is_an_ordinary_error() {
        Budget budget = Budget.DEFAULT.withMemoryBytes(4 << 20);
        String text =
                """
                local kept = {}
                local ok, message = pcall(function()
                    for i = 1, 1e7 do kept[i] = { i } end
                end)
                kept = nil
                return ok, message
                """;
        assertThat(Runs.result(budget, text)).isEqualTo("false test.lua:3: not enough memory");
    }

    @Test
    void a_script_that_catches_the_want_of_memory_and_frees_none_is_ended() {
        Budget budget = Budget.DEFAULT.withMemoryBytes(4 << 20);
        for (String more : List.of("string.rep('x', 1e5)", "{}", "string.rep('x', 3e6)")) {
            String text =
                    "local kept = {} local function take() kept[#kept + 1] = "
                            + more
                            + " end while true do pcall(take) end";
            try (Lua lua = Runs.open(budget)) {
                Script script = Runs.script(text);
                assertThatThrownBy(() -> lua.run(script))
                        .as(more)
                        .isInstanceOf(LuaKilled.class)
                        .hasMessageStartingWith("script exceeded 4194304 bytes of memory");
            }
        }
    }

    @Test
    void a_script_that_frees_memory_may_be_refused_it_as_often_as_it_likes() {
        Budget budget = Budget.DEFAULT.withMemoryBytes(4 << 20);
        String text =
                """
                local refused = 0
                for round = 1, 200 do
                    local kept = {}
                    if not pcall(function()
                        for i = 1, 100 do kept[i] = string.rep('x', 1e5) end
                    end) then refused = refused + 1 end
                end
                return refused
                """;
        assertThat(Runs.result(budget, text)).isEqualTo("200");
    }

    @Test
    void garbage_does_not_count() {
        Budget budget = Budget.DEFAULT.withMemoryBytes(4 << 20);
        String text =
                """
                local s = ''
                for i = 1, 1e6 do
                    local t = { i, { i } }
                    s = 'x' .. i
                end
                return s
                """;
        assertThat(Runs.result(budget, text)).isEqualTo("x1000000");
    }

    @Test
    void strings_that_a_table_holds_count_as_what_is_alive() {
        Budget budget = Budget.DEFAULT.withMemoryBytes(4 << 20);
        for (String kept :
                List.of("kept[i] = s .. i", "kept['k' .. i] = s .. i", "kept[s .. i] = 1")) {
            String text = "local kept, s = {}, ('x'):rep(1000) for i = 1, 1e7 do " + kept + " end";
            assertThat(Runs.error(budget, text))
                    .as(kept)
                    .isEqualTo("test.lua:1: not enough memory");
        }
    }

    @Test
    void what_only_a_closure_or_a_coroutine_holds_counts() {
        Budget budget = Budget.DEFAULT.withMemoryBytes(4 << 20);
        String text =
                """
                local chain
                for i = 1, 1e7 do
                    local before = chain
                    chain = function() return before end
                end
                """;
        assertThat(Runs.error(budget, text)).isEqualTo("test.lua:4: not enough memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kept[i] = i .. ('x'):rep(1000)",
                "kept['k' .. i] = i .. ('x'):rep(1000)",
                "kept[i .. ('x'):rep(1000)] = true",
                "kept[i] = (i .. ('x'):rep(1000)):gmatch('.')",
                "kept[i] = ('x'):gmatch('x')",
                "kept[i] = coroutine.create(print)",
                "kept[i] = assert(loadstring('return 1'))",
                "kept[i] = assert(loadstring(('local a = 1 '):rep(100)))",
                "local big = {} for j = 1, 3e4 do big[j] = {} end kept[i] = coroutine.wrap("
                        + "function() coroutine.yield() return big end) kept[i]() big = nil",
            })
    void whatever_is_kept_counts(String keeping) {
        Budget budget = Budget.DEFAULT.withMemoryBytes(4 << 20);
        assertThat(Runs.error(budget, "local kept = {} for i = 1, 2e4 do " + keeping + " end"))
                .endsWith("not enough memory");
    }

    @Test
    void what_the_callers_of_a_coroutine_hold_counts() {
        Budget budget = Budget.DEFAULT.withMemoryBytes(16 << 20);
        String text =
                """
                local function nest(n)
                    local own = {}
                    for i = 1, 2e4 do own[i] = {} end
                    if n > 0 then coroutine.wrap(nest)(n - 1) end
                    return own
                end
                nest(100)
                """;
        assertThat(Runs.error(budget, text)).endsWith("not enough memory");
    }

    @Test
    void coroutines_are_counted() {
        Budget budget = Budget.DEFAULT.withCoroutines(10);
        String text =
                """
                local all = {}
                for i = 1, 100 do
                    all[i] = coroutine.create(function() coroutine.yield() end)
                    coroutine.resume(all[i])
                end
                """;
        assertThat(Runs.result(budget, "for i = 1, 100 do coroutine.wrap(print)() end return 1"))
                .isEqualTo("1");
        assertThat(Runs.error(budget, text + " error('not reached', 0)")).isEqualTo("not reached");
        assertThat(
                        Runs.error(
                                budget,
                                text.replace("coroutine.resume(", "assert(coroutine.resume(")
                                        .replace("(all[i])", "(all[i]))")))
                .contains("too many coroutines");
    }
}
