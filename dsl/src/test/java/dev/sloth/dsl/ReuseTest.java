package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A state that serves again is as one that was loaded afresh.
final class ReuseTest {
    private static final int SCRIPTS = 150;
    private static final int ATTEMPTS = 6;
    private static final int TASKS = 3;

    private final Bench bench = new Bench();

    /// What a script may begin with: each makes something that outlives the load.
    private static final List<String> LOADING =
            List.of(
                    "counter = 5",
                    "upvalue = 10",
                    "shared.list = { 3, 1, 2 }",
                    "shared.map = { a = 1, b = 2, [5] = 'five', [true] = 'yes' }",
                    "shared.deep = { { { 'x' } } }",
                    "setmetatable(shared, { __index = function(_, k) upvalue = upvalue + 1 return k"
                            + " .. upvalue end })",
                    "setmetatable(_G, { __newindex = function(t, k, v) rawset(t, k, v) counter ="
                            + " (counter or 0) + 1 end })",
                    "function string.twice(s) upvalue = upvalue + 1 return s .. s end",
                    "do local n = 0 next_number = function() n = n + 1 return n end end",
                    "do local n = 0 shared.get = function() return n end shared.put = function(x) n"
                            + " = x end end",
                    "resumed = coroutine.wrap(function() for i = 1, 99 do coroutine.yield(i) end"
                            + " end)",
                    "matches = ('abcdefghij'):gmatch('.')",
                    "math.randomseed(7) drawn = math.random(1, 1000)",
                    "package.loaded.mine = { 1 }",
                    "compiled = loadstring('counter = (counter or 0) + 1 return counter')",
                    "setfenv(helper, { upvalue = 1 })",
                    "shared.t = task('kept'):command('x')",
                    "local hidden = require('math') math = setmetatable({}, { __index = hidden })",
                    "values.seen = { 1 }",
                    "task('inner'):command(function() return shared end)");

    /// What a function may do.
    private static final List<String> DOING =
            List.of(
                    "counter = (counter or 0) + 1",
                    "upvalue = upvalue + 1",
                    "upvalue = { upvalue }",
                    "if shared.list then table.insert(shared.list, 1, #shared.list) end",
                    "if shared.list then table.remove(shared.list) end",
                    "if shared.list then table.sort(shared.list) end",
                    "if shared.map then shared.map.a = nil shared.map.c = 3 end",
                    "if shared.map then shared.map[6] = 6 shared.map[1] = 1 shared.map[5] = nil"
                            + " end",
                    "if rawget(shared, 'deep') then shared.deep[1][1][2] = 'more' end",
                    "for i = 1, 40 do shared['k' .. i] = i end",
                    "setmetatable(shared, nil)",
                    "local m = getmetatable(shared) if m then m.__index = nil end",
                    "setmetatable(_G, { __index = function() return 'none' end })",
                    "string.rep = nil",
                    "string.upper = function() return 'UP' end",
                    "if next_number then next_number() end",
                    "if rawget(shared, 'put') then shared.put(shared.get() + 1) end",
                    "if resumed then resumed() end",
                    "if matches then matches() end",
                    "math.randomseed(3)",
                    "package.loaded.mine = nil package.loaded.other = 1",
                    "if compiled then compiled() end",
                    "setfenv(helper, { upvalue = 'other' })",
                    "setfenv(helper, _G)",
                    "outputs.x = (outputs.x or 0) + 1",
                    "export('y', tostring(counter))",
                    "values.seen = 'me'",
                    "task('new'):command(function() return 'new' end)",
                    "this.outputs.z = 1 this.mark = true",
                    "params.p = 1",
                    "left = coroutine.wrap(function() coroutine.yield() end) left()",
                    "left = function() return counter end",
                    "shared.self = shared",
                    "_G.print = nil",
                    "io.write('x')",
                    "io.stdout:setvbuf('full')",
                    "error('boom ' .. tostring(upvalue))",
                    "error(shared)",
                    "for k in pairs(_G) do if k == 'counter' then _G[k] = nil end end");

    /// Tells all that a function can see, in its order.
    private static final String LOOK =
            """
            local upvalue = 0
            shared = {}
            function helper() return tostring(upvalue) end
            local function show(x, depth)
                if type(x) == 'function' or type(x) == 'userdata' or type(x) == 'thread' then return type(x) end
                if type(x) ~= 'table' then return tostring(x) end
                if depth > 3 then return '...' end
                local parts = {}
                for k, v in next, x do parts[#parts + 1] = show(k, depth + 1) .. '=' .. show(v, depth + 1) end
                local m = getmetatable(x)
                return '{' .. table.concat(parts, ',') .. '}' .. #x .. (m and 'm' .. show(m, depth + 1) or '')
            end
            local function look(this, params)
                local seen = { show(upvalue, 0), show(shared, 0), show(this.mark, 0), show(params.p, 0) }
                for k, v in next, _G do
                    if k ~= '_G' and k ~= 'package' then seen[#seen + 1] = tostring(k) .. ':' .. show(v, 2) end
                end
                for k, v in next, package.loaded do seen[#seen + 1] = tostring(k) end
                seen[#seen + 1] = show({ pcall(helper) }, 0)
                seen[#seen + 1] = show({ pcall(function() return ('x'):upper() end) }, 0)
                seen[#seen + 1] = show({ pcall(function() return math.random(1, 1000) end) }, 0)
                seen[#seen + 1] = show({ pcall(function() return next_number() end) }, 0)
                seen[#seen + 1] = show({ pcall(function() return resumed() end) }, 0)
                seen[#seen + 1] = show({ pcall(function() return matches() end) }, 0)
                return table.concat(seen, '; ')
            end
            """;

    @Test
    void no_attempt_can_tell_whether_its_state_has_served_before() {
        for (int seed = 0; seed < SCRIPTS; seed++) {
            var chance = new SplittableRandom(seed);
            var source = bench.source(script(chance));
            var shared = bench.scripts();
            for (int i = 0; i < ATTEMPTS; i++) {
                var task = new FunctionRef("task t" + chance.nextInt(TASKS) + " command");
                assertThat(attempt(shared, source, task))
                        .as("seed %s, attempt %s, %s", seed, i, source)
                        .isEqualTo(attempt(bench.scripts(), source, task));
            }
        }
    }

    private static String script(RandomGenerator chance) {
        var text = new StringBuilder(LOOK);
        some(chance, LOADING, 5).forEach(each -> text.append(each).append('\n'));
        text.append("workflow.define('w'):tasks{\n");
        for (int i = 0; i < TASKS; i++) {
            text.append(
                            "task('t%d'):command(function(this, params) local before = look(this, params)\n"
                                    .formatted(i))
                    .append("if this.fails then error('x') end\n");
            some(chance, DOING, 4)
                    .forEach(each -> text.append("do ").append(each).append(" end\n"));
            text.append("return before, look(this, params) end),\n");
        }
        return text.append('}').toString();
    }

    private static List<String> some(RandomGenerator chance, List<String> all, int most) {
        var chosen = new ArrayList<String>();
        for (int i = chance.nextInt(most + 1); i > 0; i--) {
            chosen.add(all.get(chance.nextInt(all.size())));
        }
        return chosen;
    }

    /// All that comes of one attempt.
    private List<Object> attempt(Scripts scripts, Source source, FunctionRef function) {
        bench.printed.clear();
        var all = new ArrayList<Object>();
        try (var script = scripts.load(source, "w", bench.values, bench)) {
            var self = script.taskObject(taskObject());
            try {
                script.call(function, List.of(self, script.taskObject(taskObject())))
                        .forEach(value -> all.add(value.toString().replaceAll("0x\\w+", "")));
            } catch (dev.sloth.api.value.ScriptFailure failure) {
                all.add((failure.getMessage() + failure.traceback()).replaceAll("0x\\w+", ""));
            }
            all.add(script.exported(Long.MAX_VALUE));
            all.add(((Value.Table) self.at("outputs")).entries());
        } catch (dev.sloth.api.value.ScriptFailure failure) {
            all.add(String.valueOf(failure.getMessage()));
        }
        all.addAll(bench.printed);
        return all;
    }

    private TaskObject taskObject() {
        return new TaskObject("t", bench.folder, "r", 1, "a", java.util.Map.of());
    }

    // ---- which states serve again

    private static final String ADDRESS = "return tostring(mark)";

    private boolean servesAgain(String loading, String doing) {
        var scripts = bench.scripts();
        var source =
                bench.source("mark = {} " + loading + "\n" + Bench.inTask(doing + "\n" + ADDRESS));
        return address(scripts, source).equals(address(scripts, source));
    }

    private String address(Scripts scripts, Source source) {
        try (var script = scripts.load(source, "w", bench.values, bench)) {
            return script.call(new FunctionRef("task t command"), List.of()).getFirst().toString();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mark.x = 1 count = (count or 0) + 1",
                "string.rep = nil setmetatable(_G, {})",
                "for i = 1, 3 do coroutine.wrap(function() coroutine.yield(i) end)() end mark ="
                        + " mark",
                "task('x')",
                "math.random()",
                "os.time() os.getenv('HOME')",
                "outputs.a = 1 export('b', 2)",
                "require('string')",
                "print('x') io.write('y')",
            })
    void what_a_function_does_to_tables_and_variables_is_put_back(String doing) {
        boolean ends = doing.contains("coroutine");
        assertThat(servesAgain("local n = 0 function inc() n = n + 1 end", doing)).isEqualTo(!ends);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "math.random()",
                "os.time()",
                "os.getenv('HOME')",
                "co = coroutine.create(print)",
                "co = coroutine.wrap(print)",
                "it = ('x'):gmatch('.')",
                "f = io.open('/dev/null')",
                "m.f()",
                "local h = m.handle",
            })
    void what_comes_from_outside_or_changes_unseen_is_loaded_again(String loading) {
        bench.modules.add(
                Module.named("m", "A module to try.")
                        .functions(Function.named("f").body(_ -> Results.text("f"))));
        assertThat(servesAgain(loading, "")).isEqualTo(loading.contains("m.handle"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.open('/dev/null')",
                "setfenv(f, {})",
                "io.output(io.stderr)",
                "io.stdout:setvbuf('full')",
                "left = coroutine.wrap(function() coroutine.yield() end) left()",
            })
    void what_a_function_leaves_behind_elsewhere_ends_its_state(String doing) {
        assertThat(servesAgain("function f() end", doing)).isFalse();
    }

    @Test
    void a_killed_state_serves_nobody_and_a_late_kill_reaches_nobody_else() {
        var scripts = bench.scripts();
        var source = bench.source("mark = {} " + Bench.inTask(ADDRESS));
        var first = scripts.load(source, "w", bench.values, bench);
        var command = new FunctionRef("task t command");
        var address = first.call(command, List.of());
        first.close();
        first.kill("too late");
        var second = scripts.load(source, "w", bench.values, bench);
        first.kill("too late");
        first.close();
        assertThat(second.call(command, List.of())).isEqualTo(address);
        assertThatThrownBy(() -> first.call(command, List.of()))
                .isInstanceOf(IllegalStateException.class);
        second.kill("enough");
        assertThatThrownBy(() -> second.call(command, List.of()))
                .isInstanceOf(ScriptStopped.class)
                .hasMessage("enough");
        second.close();
        try (var third = scripts.load(source, "w", bench.values, bench)) {
            assertThat(third.call(command, List.of())).isNotEqualTo(address);
        }
    }

    @Test
    void what_one_attempt_used_up_the_next_has_again() {
        bench.limits = bench.limits.withExecuting(300_000, 8 << 20);
        var scripts = bench.scripts();
        var source =
                bench.source(
                        Bench.inTask(
                                "for i = 1, 200000 do end kept = {} for i = 1, 3e4 do kept[i] = {}"
                                        + " end return true"));
        for (int i = 0; i < 5; i++) {
            try (var script = scripts.load(source, "w", bench.values, bench)) {
                assertThat(script.call(new FunctionRef("task t command"), List.of()))
                        .containsExactly(Value.Bool.TRUE);
            }
        }
    }
}
