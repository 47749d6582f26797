package dev.sloth.lua.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.value.Budget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a stopped script shows, and what can be done to it.
class DebuggerTest {
    // ---- variables

    @Test
    void a_local_is_changed_for_the_script_to_see() {
        try (var session = new Session().run("local x = 1\nlocal y = 'a'\nreturn x, y --*")) {
            var halt = session.halt();
            assertThat(Session.set(halt, Session.locally(halt), "x", "x + 41")).isEqualTo("42");
            assertThat(Session.set(halt, Session.locally(halt), "y", "{}")).startsWith("table");
            assertThat(Session.set(halt, Session.locally(halt), "y", "y .. 'b'"))
                    .startsWith("failed: watch:1: attempt to concatenate");
            assertThat(Session.set(halt, Session.locally(halt), "y", "1 1"))
                    .startsWith("failed: watch:1: ");
            assertThat(Session.set(halt, Session.locally(halt), "y", "1 +"))
                    .isEqualTo("failed: watch:1: unexpected symbol near '<eof>'");
            assertThat(Session.set(halt, Session.locally(halt), "y", "1)"))
                    .isEqualTo("failed: watch:1: '<eof>' expected near ')'");
            assertThat(Session.set(halt, Session.locally(halt), "y", "1, 2"))
                    .isEqualTo("failed: '1, 2' is not one value");
            assertThat(Session.set(halt, Session.locally(halt), "y", "'b' -- new"))
                    .isEqualTo("\"b\"");
            assertThat(Session.set(halt, Session.locally(halt), "z", "1"))
                    .isEqualTo("failed: there is no variable 'z'");
            assertThat(Session.set(halt, Session.locally(halt), "y", "'new'")).isEqualTo("\"new\"");
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("42 new");
        }
    }

    @Test
    void captured_locals_upvalues_varargs_and_globals_are_shown_and_changed() {
        try (var session =
                new Session()
                        .run(
                                """
                                shared = 'global'
                                local outer = 1
                                local function f(a, ...)
                                    local inner = a
                                    local function g() inner = inner + outer return inner end
                                    g()
                                    return g(), outer, shared, ... --*
                                end
                                return f(10, 'x', 'y')
                                """)) {
            var halt = session.halt();
            var call = halt.calls().getFirst();
            assertThat(Session.locals(halt)).startsWith("a=10 inner=11 g=function: ");
            assertThat(Session.upvalues(halt)).isEqualTo("outer=1");
            assertThat(Session.varargs(halt)).isEqualTo("...1=\"x\" ...2=\"y\"");
            Session.set(halt, Session.locally(halt), "inner", "20");
            Session.set(halt, new Container.Upvalues(call), "outer", "5");
            Session.set(halt, new Container.Varargs(call), "...2", "'z'");
            Session.set(halt, new Container.Globals(call), "shared", "'changed'");
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("25 5 changed x z");
        }
    }

    @Test
    void only_variables_in_sight_are_shown() {
        try (var session =
                new Session()
                        .run(
                                """
                                local x = 1
                                do local hidden = 2 end
                                for i = 7, 7 do
                                    local x = 'inner'
                                    signal(x) --*
                                    local later = 1
                                end
                                repeat local last = 3 until last == 3 --*
                                """)) {
            var halt = session.halt();
            assertThat(Session.locals(halt)).isEqualTo("i=7 x=\"inner\"");
            assertThat(Session.watch(halt, "x")).isEqualTo("\"inner\"");
            halt.resume(Go.ON);
            var next = session.halt();
            assertThat(Session.locals(next)).isEqualTo("x=1");
        }
    }

    @Test
    void the_variables_of_callers_can_be_seen_and_set() {
        try (var session =
                new Session()
                        .run(
                                """
                                local function inner(b)
                                    return b --*
                                end
                                local function outer(a)
                                    local r = pcall(inner, a)
                                    return a
                                end
                                return outer('given')
                                """)) {
            var halt = session.halt();
            assertThat(Session.stack(halt)).isEqualTo("inner:2 pcall:0 outer:5");
            var outer = halt.calls().get(2);
            assertThat(Session.text(Session.page(halt, new Container.Locals(outer))))
                    .isEqualTo("a=\"given\"");
            assertThat(Session.set(halt, new Container.Locals(outer), "a", "a .. '!'"))
                    .isEqualTo("\"given!\"");
            var host = halt.calls().get(1);
            assertThat(halt.evaluate(host, "a")).asString().contains("given!");
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("given!");
        }
    }

    @Test
    void tables_open_page_by_page() {
        try (var session =
                new Session()
                        .run(
                                """
                                local t = { name = 'n', [true] = 1, ['a b'] = 2, [1.5] = 3 }
                                for i = 1, 2500 do t[i] = i * i end
                                return t[7], t.name --*
                                """)) {
            var halt = session.halt();
            var t = Session.page(halt, Session.locally(halt)).variables().getFirst();
            assertThat(t.shown())
                    .isEqualTo(new Shown("table: 2504 entries", "table", true, 2500, 4));
            var fields = new Container.Fields(halt.calls().getFirst(), t.value());
            assertThat(Session.text(halt.variables(fields, Container.Part.ITEMS, 2, 3)))
                    .isEqualTo("[3]=9 [4]=16 [5]=25");
            assertThat(Session.text(halt.variables(fields, Container.Part.OTHERS, 0, 100)))
                    .isEqualTo("name=\"n\" [true]=1 [\"a b\"]=2 [1.5]=3");
            var most = halt.variables(fields, Container.Part.ALL, 0, 1_000_000);
            assertThat(most.variables()).hasSize(DebugLimits.PAGE_DEFAULT);
            assertThat(most.more()).isTrue();
            assertThat(Session.set(halt, fields, "[7]", "'seven'")).isEqualTo("\"seven\"");
            assertThat(Session.set(halt, fields, "name", "nil")).isEqualTo("nil");
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("seven nil");
        }
    }

    @Test
    void values_are_shown_as_one_would_write_them() {
        try (var session =
                new Session(Budget.DEFAULT, new DebugLimits(Duration.ofSeconds(2), 10, 10))
                        .run(
                                """
                                local t = setmetatable({}, { __tostring = function() error('no') end })
                                local text, long = 'a"b\\n\\0', ('x'):rep(100)
                                local co = coroutine.create(function() end)
                                return 1 --*
                                """)) {
            var halt = session.halt();
            assertThat(Session.locals(halt))
                    .isEqualTo(
                            "t=table: 0 entries text=\"a\\\"b\\n\\000\""
                                    + " long=\"xxxxxxxxxx... (100 bytes)\" co=coroutine: suspended");
            assertThat(Session.watch(halt, "print")).isEqualTo("function: builtin print");
            assertThat(Session.watch(halt, "1, 'a', nil")).isEqualTo("1, \"a\", nil");
        }
    }

    @Test
    void what_is_to_be_hidden_is_hidden_before_it_is_cut() {
        try (var session =
                new Session(Budget.DEFAULT, new DebugLimits(Duration.ofSeconds(2), 8, 10))) {
            session.debugger.hide(text ->
                    new String(text, StandardCharsets.UTF_8)
                            .replace("secret", "***")
                            .getBytes(StandardCharsets.UTF_8));
            session.run("local s = 'my secret'\nlocal t = { secret = 1 }\nreturn s --*");
            var halt = session.halt();
            assertThat(Session.locals(halt)).startsWith("s=\"my ***\"");
            assertThat(Session.watch(halt, "s")).isEqualTo("\"my ***\"");
            assertThat(Session.watch(halt, "error(s, 0)")).isEqualTo("failed: my ***");
            var t = Session.page(halt, Session.locally(halt)).variables().get(1);
            var fields = new Container.Fields(halt.calls().getFirst(), t.value());
            assertThat(Session.text(Session.page(halt, fields))).isEqualTo("[\"***\"]=1");
        }
    }

    // ---- watches

    @Test
    void a_watch_may_have_effects() {
        try (var session =
                new Session()
                        .run(
                                """
                                local count = 0
                                local function f(n) count = count + n return count end
                                f(1) --*
                                return count, made
                                """)) {
            var halt = session.halt();
            assertThat(Session.watch(halt, "f(10)")).isEqualTo("10");
            assertThat(Session.watch(halt, "count = count * 2 made = 'here'")).isEmpty();
            assertThat(Session.watch(halt, "count")).isEqualTo("20");
            assertThat(Session.watch(halt, "for i = 1, 3 do count = count + i end return count"))
                    .isEqualTo("26");
            assertThat(Session.watch(halt, "nothing.x")).startsWith("failed: watch:1: ");
            assertThat(Session.watch(halt, "count +")).startsWith("failed: watch:1: ");
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("27 here");
        }
    }

    @Test
    void a_watch_meets_no_breakpoint_and_ends_no_step() {
        try (var session =
                new Session()
                        .run(
                                """
                                local function f()
                                    return 1 --*
                                end
                                local x = 0
                                f()
                                return x
                                """)) {
            var halt = session.halt();
            var after = session.next(halt, Go.OUT);
            assertThat(Session.watch(after, "f()")).isEqualTo("1");
            assertThat(session.lines(after, Go.OVER)).containsExactly(6);
        }
    }

    @Test
    void a_watch_without_end_is_ended_and_the_script_goes_on() {
        var limits = new DebugLimits(Duration.ofMillis(20), 100, 10);
        try (var session = new Session(Budget.DEFAULT, limits).run("local x = 1\nreturn x --*")) {
            var halt = session.halt();
            assertThat(Session.watch(halt, "(function() while true do end end)()"))
                    .contains("takes longer than 20 ms");
            assertThat(
                            Session.watch(
                                    halt,
                                    "(function() while true do pcall(function() while true do end"
                                            + " end) end end)()"))
                    .contains("takes longer");
            assertThat(Session.watch(halt, "x")).isEqualTo("1");
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("1");
        }
    }

    @Test
    void a_watch_that_is_too_deep_is_ended() {
        try (var session = new Session().run("local x = 1\nreturn x --*")) {
            var halt = session.halt();
            var deep = "(function() local function f() return 1 + f() end return f() end)()";
            assertThat(Session.watch(halt, deep)).contains("stack overflow");
            assertThat(Session.watch(halt, "x")).isEqualTo("1");
        }
    }

    @Test
    void a_watch_takes_no_steps_of_the_script() {
        try (var session =
                new Session(Budget.DEFAULT.withSteps(300_000))
                        .run("for i = 1, 200000 do end\nlocal x = 1 --*\nreturn x")) {
            var halt = session.halt();
            var loop = "(function() for i = 1, 200000 do end return 'done' end)()";
            assertThat(Session.watch(halt, loop)).isEqualTo("\"done\"");
            assertThat(Session.watch(halt, loop)).isEqualTo("\"done\"");
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("1");
        }
    }

    @Test
    void a_watch_cannot_leave_the_coroutine_that_waits() {
        try (var session =
                new Session()
                        .run(
                                """
                                local co = coroutine.wrap(function()
                                    local here = 'in'
                                    coroutine.yield(here) --*
                                    return 'end'
                                end)
                                return co(), co()
                                """)) {
            var halt = session.halt();
            assertThat(Session.watch(halt, "coroutine.yield(1)")).contains("attempt to yield");
            assertThat(Session.watch(halt, "coroutine.wrap(function() coroutine.yield(2) end)()"))
                    .isEqualTo("2");
            assertThat(Session.watch(halt, "here")).isEqualTo("\"in\"");
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("in end");
        }
    }

    // ---- pause, kill, end

    @Test
    void a_busy_loop_is_paused() {
        for (var loop :
                List.of(
                        "while true do end",
                        "repeat until false",
                        "for i = 1, math.huge do end",
                        "for _ in function() return 1 end do end",
                        "::top:: goto top",
                        "local function f() return f() end f()")) {
            try (var session = new Session().run("signal('on')\n" + loop)) {
                session.signal();
                session.debugger.strands().getFirst().pause();
                var halt = session.halt();
                assertThat(halt.reason()).isInstanceOf(Reason.Paused.class);
                assertThat(Session.lineOf(halt)).isEqualTo(2);
                session.lua.kill("enough");
                assertThat(session.end()).isEqualTo("enough");
            }
        }
    }

    @Test
    void a_kill_ends_what_is_stopped() {
        for (var text :
                List.of(
                        "return 1 --*",
                        "pcall(function()\n  return 1 --*\nend) while true do end",
                        "coroutine.wrap(function()\n  return 1 --*\nend)()",
                        "go(function()\n  return 1 --*\nend) while true do end")) {
            try (var session = new Session().run(text)) {
                var halt = session.halt();
                session.lua.kill("enough");
                assertThat(session.end()).isEqualTo("enough");
                assertThatThrownBy(() -> Session.watch(halt, "1")).isInstanceOf(Gone.class);
                assertThatThrownBy(() -> halt.resume(Go.ON)).isInstanceOf(Gone.class);
            }
        }
    }

    @Test
    void budgets_hold_as_ever() {
        try (var session =
                new Session(Budget.DEFAULT.withSteps(100_000))
                        .run("local x = 1 --*\nwhile true do end")) {
            session.halt().resume(Go.ON);
            assertThat(session.end()).isEqualTo("script exceeded 100000 steps");
        }
    }

    @Test
    void what_was_stopped_goes_on_when_the_debugger_is_closed() {
        try (var session =
                new Session().run("for i = 1, 3 do\n  local x = i --*\nend return 'end'")) {
            session.halt();
            session.debugger.close();
            assertThat(session.end()).isEqualTo("end");
        }
    }

    @Test
    void standing_still_is_measured() {
        try (var session = new Session()) {
            assertThat(session.debugger.stoodStill()).isZero();
            var halt = session.run("return 1 --*").halt();
            halt.resume(Go.ON);
            session.end();
            var stood = session.debugger.stoodStill();
            assertThat(stood).isPositive();
            assertThat(session.debugger.stoodStill()).isEqualTo(stood);
        }
    }

    @Test
    void goroutines_of_a_stopped_state_can_be_looked_at() {
        try (var session =
                new Session()
                        .run(
                                """
                                go(function(mine)
                                    local other = mine
                                    signal(other) --*
                                end, 'a')
                                go(function(mine) signal(mine) end, 'b')
                                for i = 1, 1e12 do end
                                """)) {
            var halt = session.halt();
            assertThat(Session.locals(halt)).isEqualTo("mine=\"a\" other=\"a\"");
            var lines = halt.strand().lines();
            assertThat(lines).hasSize(3);
            assertThat(lines.getFirst().name()).isEqualTo("lua");
            assertThat(lines.get(1)).isEqualTo(halt.line());
            var main = halt.calls(lines.getFirst().id());
            assertThat(main.getFirst().line()).isEqualTo(6);
            assertThat(halt.evaluate(main.getFirst(), "i")).isInstanceOf(Answer.Value.class);
            session.lua.kill("enough");
            assertThat(session.end()).isEqualTo("enough");
        }
    }

    @Test
    void a_watched_script_does_what_it_does_unwatched() {
        try (var session =
                new Session()
                        .run(
                                """
                                local function sum(n, ...)
                                    if n == 0 then return select('#', ...) end
                                    return sum(n - 1, n, ...)
                                end
                                local out = {}
                                for i = 1, 3000 do out[#out + 1] = i % 7 end
                                for k, v in pairs({ a = 1, b = 2 }) do out[k] = v end
                                repeat local x = #out until x > 10
                                return sum(100), #out, out.a + out.b, pcall(error, 'e')
                                """)) {
            assertThat(session.end()).isEqualTo("100 3000 3 false e");
        }
    }
}
