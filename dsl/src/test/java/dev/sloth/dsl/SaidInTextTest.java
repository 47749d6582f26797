package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.dsl.SaidInText.HookFile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What is seen of scripts that are not run.
class SaidInTextTest {
    private static SaidInText said(String text) {
        return SaidInText.of("a.sloth", text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    @Test
    void a_hook_is_seen_however_it_is_written_down() {
        var said =
                said(
                        """
                        hook.on("a", "on.lua")
                        local function f() hook.on({ "a" }, [[long.lua]], { when = 'x > 1', attempts = n }) end
                        hook.add{ name = "n", file = "named.lua" }
                        hook["add"]({ ["file"] = "keyed.lua", ["when"] = "y" })
                        hook.add("n", "placed.lua", nil, nil, "z")
                        hook.on("a", "nil.lua", nil)
                        hook.on("a", "b\\97r.lua", { when = nil })
                        """);
        assertThat(said.hooks())
                .containsExactlyInAnyOrder(
                        new HookFile("on.lua", ""),
                        new HookFile("long.lua", "x > 1"),
                        new HookFile("named.lua", ""),
                        new HookFile("keyed.lua", "y"),
                        new HookFile("placed.lua", "z"),
                        new HookFile("nil.lua", ""),
                        new HookFile("bar.lua", ""));
    }

    @Test
    void what_is_not_written_down_is_not_seen() {
        var said =
                said(
                        """
                        local file = "local.lua"
                        hook.on("a", file)
                        hook.on("a", "joined" .. ".lua")
                        hook.on("a", "a.lua", { when = condition })
                        hook.on("a", "b.lua", options)
                        hook.on("a", "c.lua", { [key] = "x" })
                        hook.add{ name = "n" }
                        hook.remove("d.lua")
                        other.on("a", "e.lua")
                        on("a", "f.lua")
                        -- hook.on("a", "g.lua")
                        local text = 'hook.on("a", "h.lua")'
                        """);
        assertThat(said.hooks()).isEmpty();
    }

    @Test
    void imports_are_seen() {
        var said = said("local a, b = import('lib/a'), require \"b.c\"; require(name)");
        assertThat(said.imported()).containsExactly("lib/a");
        assertThat(said.required()).containsExactly("b.c");
    }

    @Test
    void what_is_no_script_says_nothing() {
        assertThat(SaidInText.of("a", "hook.on(".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
