package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaKilled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is refused memory holds about as much of the JVM's as the budget says.
class HonestMemoryTest {
    private static final long LIMIT = 48 << 20;
    private static final double TOLERANCE = 0.2;
    private static final double SUSPENDED_LEAST = 0.4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kept[i] = {}",
                "kept[i] = { i, i, i }",
                "kept[i] = { 'a', 'b', 'c' }",
                "kept[i] = { x = i, y = i }",
                "kept[i] = { x = i, y = i, z = 1, u = 2, v = 's' }",
                "kept[i + 0.5] = i",
                "kept['k' .. i] = i",
                "kept[i] = 'k' .. i",
                "kept[i] = ('x'):rep(1000) .. i",
                "kept[i] = ('x'):rep(1000):upper()",
                "kept = { next = kept }",
                "kept[i] = function() return i end",
                "kept[i] = function() return 1 end",
                "kept[i] = coroutine.create(print)",
                "kept[i] = assert(loadstring('local a = ' .. i .. ' return function() return a + 1 end'))",
                "kept[i] = assert(loadstring('local a, b = f(), {} if a then b.c = a .. b[1] end'))",
            })
    void the_limit_is_met_within_a_fifth(String keeping) {
        assertThat(held(keeping)).as("held, of the limit").isCloseTo(1, within(TOLERANCE));
    }

    /// What is on the stack of one that is left is smaller once the engine below it was compiled:
    /// it counts as it is at first.
    @Test
    void suspended_coroutines_take_no_more_than_a_fifth_above_what_they_count() {
        assertThat(held("kept[i] = coroutine.wrap(function() coroutine.yield() end) kept[i]()"))
                .as("held, of the limit")
                .isBetween(SUSPENDED_LEAST, 1 + TOLERANCE);
    }

    /// What is held when memory is refused, of the limit.
    private static double held(String keeping) {
        var script = Runs.script("kept = {} for i = 1, 1e9 do " + keeping + " end");
        long before = HostileProgram.used();
        try (Lua lua =
                Runs.open(Budget.DEFAULT.withMemoryBytes(LIMIT).withCoroutines(10_000_000))) {
            assertThat(end(lua, script)).contains("memory");
            double held = (HostileProgram.used() - before) / (double) LIMIT;
            assertThat(lua.global("kept")).isNotNull();
            return held;
        }
    }

    private static String end(Lua lua, Script script) {
        try {
            return "ended with " + lua.run(script).size();
        } catch (LuaError | LuaKilled e) {
            return String.valueOf(e.getMessage());
        }
    }
}
