package dev.sloth.lua.hot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.Lua;
import dev.sloth.lua.Script;
import dev.sloth.lua.lib.Libraries;
import dev.sloth.lua.lib.Surroundings;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.Tiering;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What is hot does what it did before, also where it becomes a class in the middle.
class HotTest {
    private static Lua open(Budget budget) {
        var lua = Lua.bare(budget, new Tiering(3, 3));
        Libraries.open(lua.state(), Grants.NONE, Surroundings.NOTHING);
        return lua;
    }

    private static String result(String text) {
        try (var lua = open(Budget.DEFAULT)) {
            return lua.run(script(text)).getFirst().toString();
        }
    }

    private static Script script(String text) {
        return switch (Script.compile("hot.lua", text.getBytes(StandardCharsets.UTF_8))) {
            case Script.Outcome.Ready(var script) -> script;
            case Script.Outcome.Wrong(var errors) -> throw new AssertionError(errors.toString());
        };
    }

    /// `where()` says which class of ours that was made calls it, or nothing.
    private static final class Where extends HostFunction {
        Where() {
            super("where");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES)
                    .walk(frames ->
                            frames.map(StackWalker.StackFrame::getClassName)
                                    .filter(name -> name.startsWith("dev.sloth.lua.vm.Hot_"))
                                    .map(name -> name.replaceFirst(".*Hot_([A-Za-z_]*).*", "$1"))
                                    .findFirst()
                                    .map(s::ret)
                                    .orElseGet(s::nil));
        }
    }

    private static String places(Tiering tiering, String text) {
        try (var lua = Lua.bare(Budget.DEFAULT, tiering)) {
            Libraries.open(lua.state(), Grants.NONE, Surroundings.NOTHING);
            lua.set("where", new Where());
            return lua.run(script("local said = {} " + text + " return table.concat(said, ' ')"))
                    .getFirst()
                    .toString();
        }
    }

    @Test
    void a_function_is_a_class_from_so_many_calls_on_and_a_loop_from_so_many_turns() {
        var calls =
                "local function f() return (where()) end for i = 1, 4 do said[i] = tostring(f()) end";
        assertThat(places(new Tiering(3, 100), calls)).isEqualTo("nil nil f f");
        var turns = "for i = 1, 5 do said[i] = tostring(where()) end";
        assertThat(places(new Tiering(100, 3), turns))
                .isEqualTo("nil nil nil main_chunk_loop main_chunk_loop");
        assertThat(places(Tiering.OFF, calls)).isEqualTo("nil nil nil nil");
    }

    @Test
    void a_function_that_is_too_large_is_none() {
        var text =
                "local function large() local x = 0 "
                        + "x = x + 1 / 3 x = x % 1000 ".repeat(1_500)
                        + "return (where()) end for i = 1, 5 do said[i] = tostring(large()) end";
        assertThat(places(new Tiering(3, 100), text)).isEqualTo("nil nil nil nil nil");
    }

    @Test
    void a_loop_takes_its_variables_over_and_leaves_them_behind() {
        assertThat(
                        result(
                                """
                                local n, text, kept = 0, '', {}
                                for i = 1, 10 do n = n + i text = text .. i kept[i] = n end
                                return n .. ' ' .. text .. ' ' .. kept[10] .. ' ' .. #kept
                                """))
                .isEqualTo("55 12345678910 55 10");
    }

    @Test
    void loops_of_all_kinds_are_left_in_every_way_after_they_became_classes() {
        assertThat(
                        result(
                                """
                                local said = {}
                                local function say(v) said[#said + 1] = tostring(v) end
                                local function find(t, wanted)
                                    for k, v in pairs(t) do if v == wanted then return k end end
                                end
                                say(find({ 'a', 'b', 'c', 'd', 'e', 'f' }, 'f'))
                                local i = 0
                                while true do i = i + 1 if i == 9 then break end end
                                say(i)
                                repeat local last = i i = i - 1 until last == 5
                                say(i)
                                for _, v in ipairs({ 1, 2, 3, 4, 5, 6, 7 }) do
                                    if v == 6 then goto out end
                                end
                                ::out::
                                for w in ('a b c d e f'):gmatch('%a') do
                                    if w == 'c' then goto continue end
                                    say(w)
                                    ::continue::
                                end
                                for v = 10, 1, -2 do say(v) end
                                return table.concat(said, ' ')
                                """))
                .isEqualTo("6 9 4 a b d e f 10 8 6 4 2");
    }

    @Test
    void closures_made_in_a_loop_keep_a_variable_each() {
        assertThat(
                        result(
                                """
                                local all, sum = {}, 0
                                for i = 1, 8 do local j = i all[i] = function() j = j + i return j end end
                                for _, f in ipairs(all) do sum = sum + f() + f() end
                                return sum
                                """))
                .isEqualTo("180.0");
    }

    @Test
    void what_would_be_too_large_a_class_stays_in_the_tree_and_its_loops_do_not() {
        var text =
                "local function large(n) local x = 0 "
                        + "x = x + n * 2 - n / 3 x = x % 1000 ".repeat(1_500)
                        + "for i = 1, 100 do x = x + i end return x end "
                        + "local first for i = 1, 10 do local x = large(7) first = first or x"
                        + " assert(first == x) end return first > 0";
        assertThat(result(text)).isEqualTo("true");
    }

    @Test
    void calls_that_end_a_function_take_no_room() {
        assertThat(
                        result(
                                """
                                local odd
                                local function even(n) if n == 0 then return 'even' end return odd(n - 1) end
                                function odd(n) if n == 0 then return 'odd' end return even(n - 1) end
                                return even(200001)
                                """))
                .isEqualTo("odd");
    }

    @Test
    void errors_have_the_names_and_places_that_they_have_in_the_tree() {
        var text =
                """
                local function get(t)
                    return t.a.b
                end
                for i = 1, 10 do get({ a = {} }) end
                get({})
                """;
        try (var lua = open(Budget.DEFAULT)) {
            lua.run(script(text));
        } catch (LuaError e) {
            assertThat(e).hasMessage("hot.lua:2: attempt to index a nil value (field 'a')");
            return;
        }
        throw new AssertionError("the script did not fail");
    }

    @Test
    void states_without_classes_share_scripts_with_states_that_have_them() {
        var script = script("local n = 0 for i = 1, 100 do n = n + i end return n");
        for (var tiering : new Tiering[] {new Tiering(1, 1), Tiering.OFF, new Tiering(1, 1)}) {
            try (var lua = Lua.bare(Budget.DEFAULT, tiering)) {
                assertThat(lua.run(script)).containsExactly(5050.0);
            }
        }
    }
}
