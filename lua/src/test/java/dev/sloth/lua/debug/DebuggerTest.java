package dev.sloth.lua.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.value.Budget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a stopped script shows, and what can be done to it.
class DebuggerTest {
    // ---- breakpoints

    @Test
    void a_breakpoint_moves_to_the_next_line_with_a_statement() {
        try (var session =
                new Session()
                        .run(
                                """
                                local a = 1
                                -- nothing

                                local b = 2
                                return a + b
                                """,
                                Breakpoint.at(2),
                                Breakpoint.at(99))) {
            assertThat(session.line()).isEqualTo(4);
            assertThat(session.placed.get(0).line()).hasValue(4);
            assertThat(session.placed.get(1).line()).isEmpty();
            assertThat(session.placed.get(1).why()).contains("no statement begins");
        }
    }

    @Test
    void a_breakpoint_in_a_file_that_was_not_read_says_so_and_can_be_taken_away() {
        try (var session = new Session()) {
            var placed = session.debugger.breakpoints("b.lua", List.of(Breakpoint.at(1)));
            assertThat(placed.getFirst().why()).contains("not been read");
            session.run("return 1", Breakpoint.at(1));
            session.halt().resume(Go.ON);
            assertThat(session.end()).isEqualTo("1");
            assertThat(session.debugger.breakpoints(Session.NAME, List.of())).isEmpty();
            assertThat(session.run("return 2").end()).isEqualTo("2");
        }
    }

    @Test
    void a_condition_sees_the_variables_of_the_place() {
        try (var session =
                new Session()
                        .run(
                                "local up = 3\nlocal function f(n)\n  local m = n * up\n  return m\n"
                                        + "end\nfor i = 1, 10 do f(i) end",
                                Breakpoint.at(4).when("m == 12 and n == 4 and up == 3"))) {
            var halt = session.halt();
            Session.hit(halt);
            assertThat(Session.locals(halt)).isEqualTo("n=4 m=12");
            assertThat(Session.upvalues(halt)).isEqualTo("up=3");
            halt.resume(Go.ON);
            assertThat(session.end()).isEmpty();
        }
    }

    @Test
    void a_condition_that_fails_stops_and_says_why() {
        try (var session =
                new Session().run("local a\nreturn a", Breakpoint.at(2).when("a.b == 1"))) {
            var halt = session.halt();
            assertThat(((Reason.Hit) halt.reason()).trouble())
                    .isEqualTo(
                            "condition 'a.b == 1': watch:1: attempt to index a nil value"
                                    + " (global 'a')");
            assertThat(session.said).singleElement().asString().startsWith("a.lua:2: condition");
        }
    }

    @Test
    void a_condition_that_is_no_lua_is_refused() {
        try (var session = new Session()) {
            var placed =
                    session.debugger.breakpoints(
                            Session.NAME,
                            List.of(
                                    Breakpoint.at(1).when("x ="),
                                    new Breakpoint(1, "", "often", "")));
            assertThat(placed.get(0).why()).startsWith("watch:1: ");
            assertThat(placed.get(1).why()).contains("'often'", ">= 5");
            assertThat(session.run("return 1").end()).isEqualTo("1");
        }
    }

    @Test
    void a_condition_without_end_is_ended() {
        var limits = new DebugLimits(Duration.ofMillis(20), 100, 10);
        try (var session =
                new Session(Budget.DEFAULT, limits)
                        .run(
                                "local function spin() while true do end end\nreturn 1",
                                Breakpoint.at(2)
                                        .when(
                                                "(function() while true do pcall(spin) end end)()"))) {
            assertThat(((Reason.Hit) session.halt().reason()).trouble()).contains("takes longer");
        }
    }

    @Test
    void hits_are_counted() {
        var text = "local n = 0\nfor i = 1, 10 do\n  n = n + i\nend\nreturn n";
        for (var each :
                List.of(
                        List.of("3", "3"),
                        List.of(">= 9", "9 10"),
                        List.of("% 4", "4 8"),
                        List.of("<2", "1"))) {
            try (var session =
                    new Session().run(text, new Breakpoint(3, "", each.getFirst(), ""))) {
                List<String> seen = new ArrayList<>();
                for (int i = 0; i < each.getLast().split(" ").length; i++) {
                    var halt = session.halt();
                    seen.add(Session.watch(halt, "i"));
                    halt.resume(Go.ON);
                }
                assertThat(session.end()).isEqualTo("55");
                assertThat(String.join(" ", seen)).isEqualTo(each.getLast());
            }
        }
    }

    @Test
    void a_log_point_tells_and_does_not_stop() {
        try (var session =
                new Session()
                        .run(
                                "for i = 1, 2 do\n  local t = { i }\nend",
                                new Breakpoint(2, "", "", "i is {i}, {#{i, i}} {i.x} {open"))) {
            assertThat(session.end()).isEmpty();
            assertThat(session.said)
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("a.lua:2: i is 1, 2 {watch:1: attempt to index a number value")
                    .endsWith(" {open");
        }
    }

    @Test
    void the_beginning_can_be_waited_for() {
        try (var session = new Session()) {
            session.debugger.stopAtEntry();
            var halt = session.run("local x = 1\nreturn x").halt();
            assertThat(halt.reason()).isInstanceOf(Reason.Entry.class);
            assertThat(Session.lineOf(halt)).isEqualTo(1);
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("1");
        }
    }

    @Test
    void errors_that_nobody_catches_stop_where_they_are_raised() {
        var text =
                """
                local function deep(n)
                    local t
                    if n == 0 then return t.x end
                    return (deep(n - 1))
                end
                local ok = pcall(deep, 1)
                local co = coroutine.wrap(function() deep(1) end)
                co()
                """;
        try (var session = new Session()) {
            session.debugger.stopAt(ErrorStops.UNCAUGHT);
            var halt = session.run(text).halt();
            assertThat(halt.reason())
                    .isEqualTo(
                            new Reason.Raised("a.lua:3: attempt to index a nil value (local 't')"));
            assertThat(Session.lineOf(halt)).isEqualTo(3);
            assertThat(Session.locals(halt)).isEqualTo("n=0 t=nil");
            halt.resume(Go.ON);
            assertThat(session.end()).contains("attempt to index a nil value");
            assertThat(session.isStopped()).isFalse();
        }
        try (var session = new Session()) {
            session.debugger.stopAt(ErrorStops.ALL);
            var halt = session.run(text).halt();
            assertThat(Session.stack(halt)).isEqualTo("deep:3 deep:4 pcall:0 main chunk:6");
            session.next(halt, Go.ON).resume(Go.ON);
            assertThat(session.end()).contains("attempt to index a nil value");
        }
    }

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
