package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What scripts mean, and what they say when they fail. Answers of `language.lua` were compared
/// with the reference interpreter's.
class LanguageTest {
    /// Each line of the file is a script that returns true.
    private static List<String> claims() throws IOException {
        try (InputStream in = LanguageTest.class.getResourceAsStream("language.lua")) {
            assertThat(in).isNotNull();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(l -> !l.isBlank() && !l.startsWith("--")).toList();
        }
    }

    @Test
    void every_claim_about_the_language_holds() throws IOException {
        List<String> claims = claims();
        assertThat(claims).hasSizeGreaterThan(60);
        for (String claim : claims) {
            assertThat(Runs.result(claim)).as(claim).isEqualTo("true");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "local x; return x + 1|attempt to perform arithmetic on a nil value (local 'x')",
                "return x + 1|attempt to perform arithmetic on a nil value (global 'x')",
                "local t = {} return 1 - t.a|attempt to perform arithmetic on a nil value (field 'a')",
                "local t = {} return t.a.b|attempt to index a nil value (field 'a')",
                "local t = {} t.a.b = 1|attempt to index a nil value (field 'a')",
                "local t = {} return t[1].x|attempt to index a nil value (field '?')",
                "x.y = 1|attempt to index a nil value (global 'x')",
                "x()|attempt to call a nil value (global 'x')",
                "local x = 5 x()|attempt to call a number value (local 'x')",
                "local t = {} t.f()|attempt to call a nil value (field 'f')",
                "local t = {} t:f()|attempt to call a nil value (method 'f')",
                "local x (function() x() end)()|attempt to call a nil value (upvalue 'x')",
                "local x return 'a' .. x|attempt to concatenate a nil value (local 'x')",
                "return 'a' .. nil|attempt to concatenate a nil value",
                "return 1 < 'x'|attempt to compare number with string",
                "return 1 < nil|attempt to compare number with nil",
                "return {} <= {}|attempt to compare two table values",
                "local x return #x|attempt to get length of a nil value (local 'x')",
                "return -{}|attempt to perform arithmetic on a table value",
                "for i = 'a', 1 do end|'for' initial value must be a number",
                "local t = {} t[nil] = 1|table index is nil",
                "local t = {} t[0/0] = 1|table index is NaN",
                "string.rep()|bad argument #1 to 'rep' (string expected, got no value)",
                "('x'):rep()|bad argument #1 to 'rep' (number expected, got no value)",
                "('x').rep()|bad argument #1 to 'rep' (string expected, got no value)",
                "error('m')|m",
            })
    void an_error_names_its_place_and_its_operand(String text, String message) {
        assertThat(Runs.error(text)).isEqualTo("test.lua:1: " + message);
    }

    @Test
    void an_error_tells_the_line_of_the_operator() {
        assertThat(Runs.error("local a\nlocal b = 1 +\n\n  2\n  + a"))
                .startsWith("test.lua:5: attempt to perform arithmetic on a nil value (local 'a')");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void an_error_level_counts_callers(int level) {
        String text =
                """
                local function a()
                    error('x', LEVEL)
                end
                local function b()
                    a()
                end
                local function c()
                    b()
                end
                return (select(2, pcall(function() c() end)))
                """;
        String expected = List.of("test.lua:2: x", "test.lua:5: x", "test.lua:8: x").get(level - 1);
        assertThat(Runs.result(text.replace("LEVEL", "" + level))).isEqualTo(expected);
    }

    @Test
    void an_uncaught_error_tells_who_called_whom() {
        try (Lua lua = Runs.open()) {
            lua.run(Runs.script("local function f()\n  error('x')\nend\nlocal t = {m = f}\nt.m()"));
        } catch (dev.sloth.lua.value.LuaError e) {
            assertThat(e.traceback())
                    .isEqualTo(
                            """
                            stack traceback:
                            \t[C]: in function 'error'
                            \ttest.lua:2: in function 'm'
                            \ttest.lua:5: in main chunk\
                            """);
            return;
        }
        throw new AssertionError("the script did not fail");
    }

    @Test
    void one_script_runs_in_many_states_at_once() throws Exception {
        Script script =
                Runs.script(
                        """
                        local t = {}
                        for i = 1, 2000 do t['k' .. i % 50] = (t['k' .. i % 50] or 0) + i end
                        local co = coroutine.wrap(function() coroutine.yield(t.k1) end)
                        return co() + t.k2
                        """);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> runs = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                runs.add(() -> {
                    try (Lua lua = Runs.open()) {
                        return Runs.text(lua.run(script));
                    }
                });
            }
            for (Future<String> run : threads.invokeAll(runs)) {
                assertThat(run.get()).isEqualTo("78120");
            }
        }
    }
}
