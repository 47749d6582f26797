package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.value.Budget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Scripts that a program wrote: long, but not deep.
class LongScriptsTest {
    private static List<Object> run(String text) {
        try (Lua lua = Runs.open(Budget.DEFAULT)) {
            return lua.run(Runs.script(text));
        }
    }

    @Test
    void long_chains_and_tables_run() {
        assertThat(run("local a = 'x' return #(a" + "..a".repeat(9_999) + ")"))
                .containsExactly(10_000.0);
        assertThat(
                        run(
                                "local a if a then "
                                        + "elseif a then ".repeat(10_000)
                                        + "else return 7 end"))
                .containsExactly(7.0);
        assertThat(run("local t = {" + "1,".repeat(1_000_000) + "} return #t"))
                .containsExactly(1_000_000.0);
        assertThat(run("local x = 0 " + "x = x + 1 ".repeat(50_000) + "return x"))
                .containsExactly(50_000.0);
    }

    @Test
    void chains_that_are_too_long_for_a_tree_are_refused() {
        for (String link : List.of("+a", " and a", "^a", ".a", "()", "[1]", "..a")) {
            byte[] text = ("return a" + link.repeat(100_000)).getBytes(StandardCharsets.UTF_8);
            assertThat(Script.compile("test", text)).isInstanceOf(Script.Outcome.Wrong.class);
        }
    }
}
