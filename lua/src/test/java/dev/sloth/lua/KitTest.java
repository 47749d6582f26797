package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.lib.Kit;
import dev.sloth.lua.lib.Libraries;
import dev.sloth.lua.lib.Surroundings;
import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.Imprint;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.MemoryWalk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fresh states have the same contents in their tables until they write to them.
class KitTest {
    private static final int FUNCTIONS = 100;
    private static final long FRESH_BYTES_MAX = 2 << 10;

    /// What a state shows of its library, in its order.
    private static final String ALL =
            """
            local all = {}
            for _, name in ipairs { '_G', 'string', 'table', 'math', 'coroutine', 'utf8', 'os' } do
                for key, value in pairs(_G[name]) do
                    if name ~= '_G' or type(value) ~= 'table' then
                        all[#all + 1] = name .. '.' .. key .. '=' .. type(value)
                    end
                end
            end
            return table.concat(all, ' ')
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "string.rep = 1",
                "string.rep = nil",
                "string.own = 1",
                "table.insert(table, 1)",
                "for key in pairs(math) do math[key] = nil end",
                "rawset(_G, 'print', 2)",
                "print, own, another = 1, 2, 3",
                "for i = 1, 200 do _G['own' .. i] = i end",
                "getmetatable('').__index = { upper = 1 }",
                "setmetatable(string, { __index = { own = 1 } }) setmetatable(_G, {})",
                "string = nil",
                "setfenv(1, {})",
            })
    void what_a_script_writes_no_other_state_sees(String writing) {
        String fresh = Runs.result(ALL);
        try (Lua before = Runs.open();
                Lua writer = Runs.open()) {
            before.run(Runs.script("pairs(string)"));
            writer.run(Runs.script(writing));
            for (Lua other : List.of(before, Runs.open())) {
                assertThat(Runs.text(other.run(Runs.script(ALL)))).isEqualTo(fresh);
                assertThat(
                                Runs.text(
                                        other.run(
                                                Runs.script(
                                                        "return ('x'):rep(3), #getmetatable('')"
                                                                + " == 0, getmetatable(string),"
                                                                + " string.own, own"))))
                        .isEqualTo("xxx true nil nil nil");
            }
        }
    }

    @Test
    void the_order_stays_when_a_table_is_written_to() {
        String fresh = Runs.result(ALL);
        String written =
                Runs.result(
                        "local all = loadstring([==["
                                + ALL
                                + "]==]) string.rep, math.pi, print = string.rep, math.pi, print"
                                + " return all()");
        assertThat(written).isEqualTo(fresh);
        assertThat(fresh).contains("string.rep=function").contains("_G.print=function");
    }

    @Test
    void a_place_that_was_looked_up_before_the_first_write_is_right_after_it() {
        assertThat(
                        Runs.result(
                                """
                                local function look() return string.rep, math.pi, print end
                                local function all()
                                    local rep, pi, say
                                    for _ = 1, 300 do rep, pi, say = look() end
                                    return type(rep) .. type(pi) .. type(say)
                                end
                                local before = all()
                                string.rep, math.pi, print = 'r', 'p', nil
                                local changed = all()
                                for key in pairs(string) do string[key] = nil end
                                for i = 1, 100 do string[i .. 'th'] = i end
                                string.rep = {}
                                return before, changed, all()
                                """))
                .isEqualTo("functionnumberfunction stringstringnil tablestringnil");
    }

    @Test
    void many_states_at_once_write_to_what_they_began_with() throws Exception {
        Script script =
                Runs.script(
                        """
                        local mine = ...
                        for i = 1, 50 do
                            string['f' .. i], _G['g' .. i] = mine, mine
                            math.pi = mine
                            assert(string.format('%d', mine) == tostring(mine))
                            assert(('x'):rep(3) == 'xxx' and #table.concat({ 1, 2 }, ',') == 3)
                        end
                        for key, value in pairs(string) do
                            assert(type(value) == 'function' or value == mine, key)
                        end
                        return math.pi
                        """);
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<String>> states =
                    IntStream.range(0, 200)
                            .<Callable<String>>mapToObj(i ->
                                    () -> {
                                        try (Lua lua = Runs.open()) {
                                            return Runs.text(lua.run(script, i));
                                        }
                                    })
                            .toList();
            int i = 0;
            for (Future<String> each : threads.invokeAll(states)) {
                assertThat(each.get()).isEqualTo(String.valueOf(i++));
            }
        }
    }

    // ---- functions of the host

    @Test
    void functions_of_the_host_are_there_in_their_order_and_may_be_replaced() {
        Kit kit = Kit.of(functions(3));
        try (Lua lua = open(kit);
                Lua other = open(kit)) {
            assertThat(
                            Runs.text(
                                    lua.run(
                                            Runs.script(
                                                    "local order = {} for key in pairs(_G) do"
                                                            + " order[#order + 1] = key end f1 = 7"
                                                            + " return f0(), f1, f2(),"
                                                            + " table.concat(order, ' ', #order - 2)"))))
                    .isEqualTo("f0 7 f2 f0 f1 f2");
            assertThat(Runs.text(other.run(Runs.script("return f1()")))).isEqualTo("f1");
        }
    }

    @Test
    void a_function_of_the_host_stands_for_one_of_the_library() {
        SequencedMap<String, HostFunction> one = new LinkedHashMap<>();
        one.put("print", new Named("mine"));
        try (Lua lua = open(Kit.of(one))) {
            assertThat(Runs.text(lua.run(Runs.script("return print()")))).isEqualTo("mine");
        }
    }

    @Test
    void tables_of_the_library_are_not_replaced_by_functions() {
        SequencedMap<String, HostFunction> one = new LinkedHashMap<>();
        one.put("string", new Named("string"));
        assertThatThrownBy(() -> Kit.of(one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a table string");
    }

    @Test
    void a_function_that_keeps_values_of_scripts_is_not_for_many_states() {
        SequencedMap<String, HostFunction> one = new LinkedHashMap<>();
        one.put("keeper", new Keeper());
        assertThatThrownBy(() -> Kit.of(one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a state's own value");
    }

    @Test
    void a_state_that_has_globals_gets_no_library() {
        try (Lua lua = Runs.open()) {
            assertThatThrownBy(() -> Libraries.open(lua.state(), Grants.NONE))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    // ---- what it takes

    @Test
    void a_fresh_state_with_a_hundred_functions_of_the_host_has_little_of_its_own() {
        try (Lua lua = open(Kit.of(functions(FUNCTIONS)))) {
            assertThat(bytes(lua)).isBetween(500L, FRESH_BYTES_MAX);
        }
    }

    @Test
    void what_is_written_to_counts_as_the_states_own() {
        assertThat(grown("string.own = 1")).isBetween(500L, 4_000L);
        assertThat(grown("own = 1")).isBetween(1_000L, 8_000L);
        assertThat(grown("own = ('x'):rep(1000000)")).isBetween(1_000_000L, 1_010_000L);
        assertThat(grown("local function look() return string.rep end look() look()"))
                .isBetween(0L, 1_500L);
    }

    private static long grown(String script) {
        try (Lua fresh = Runs.open();
                Lua used = Runs.open()) {
            var _ = used.run(Runs.script(script));
            return bytes(used) - bytes(fresh);
        }
    }

    private static long bytes(Lua lua) {
        return Imprint.of(lua.state(), _ -> false).orElseThrow().bytes();
    }

    // ---- imprints

    @Test
    void what_was_written_is_put_back_as_often_as_it_is() {
        try (Lua lua = Runs.open()) {
            Script write =
                    Runs.script(
                            "assert(string.rep('x', 2) == 'xx' and own == nil) string.rep = 1"
                                    + " string.more, own, print = 2, 3, nil math.pi = nil return #_G");
            Imprint imprint = Imprint.of(lua.state(), _ -> false).orElseThrow();
            String fresh = Runs.text(lua.run(Runs.script(ALL)));
            for (int i = 0; i < 3; i++) {
                lua.run(write);
                assertThat(imprint.restore()).isTrue();
                assertThat(Runs.text(lua.run(Runs.script(ALL)))).isEqualTo(fresh);
            }
        }
    }

    @Test
    void there_is_no_imprint_with_a_function_of_the_host_that_may_change() {
        SequencedMap<String, HostFunction> one = new LinkedHashMap<>();
        one.put("changing", new Changing());
        try (Lua lua = open(Kit.of(one))) {
            assertThat(Imprint.of(lua.state(), _ -> true)).isEmpty();
        }
    }

    // ---- helpers

    private static Lua open(Kit kit) {
        return Lua.newState(Budget.DEFAULT, kit, Grants.NONE, Surroundings.NOTHING);
    }

    private static SequencedMap<String, HostFunction> functions(int count) {
        SequencedMap<String, HostFunction> all = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            all.put("f" + i, new Named("f" + i));
        }
        return all;
    }

    /// Gives its name.
    private static final class Named extends HostFunction implements Imprint.Constant {
        Named(String name) {
            super(name);
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return s.ret(name());
        }
    }

    /// Counts its calls.
    private static final class Changing extends HostFunction {
        private int calls;

        Changing() {
            super("changing");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return ++calls;
        }
    }

    /// Keeps what it was given.
    private static final class Keeper extends HostFunction implements MemoryWalk.Visited {
        private Object kept = 0.0;

        Keeper() {
            super("keeper");
        }

        @Override
        public long visit(MemoryWalk walk) {
            walk.see(kept);
            return 0;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            kept = args.o(1);
            return s.none();
        }
    }
}
