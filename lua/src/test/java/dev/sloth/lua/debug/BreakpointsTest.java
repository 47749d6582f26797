package dev.sloth.lua.debug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.lua.value.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where and when scripts stop by themselves.
class BreakpointsTest {
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
    void a_breakpoint_before_the_first_line_says_so() {
        try (var session = new Session()) {
            var placed =
                    session.debugger.breakpoints(
                            Session.NAME, List.of(Breakpoint.at(0), Breakpoint.at(-5)));
            for (var each : placed) {
                assertThat(each.line()).isEmpty();
                assertThat(each.why()).contains("no such line");
            }
            assertThat(session.run("return 1").end()).isEqualTo("1");
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
    void a_breakpoint_stops_at_what_begins_first_in_its_line() {
        var cases =
                List.of(
                        // the line, what is computed there, and what it is at each stop
                        List.of("if n > 0 then n = 5 end", "n", "0"),
                        List.of("if n == 0 then n = 5 else n = 6 end", "n", "0"),
                        List.of("if n > 0 then n = 5 elseif n == 0 then n = 6 end", "n", "0"),
                        List.of("for i = 1, 3 do n = n + i end", "n", "0"),
                        List.of("for i = 1, 0 do n = n + i end", "n", "0"),
                        List.of("for _, x in ipairs({ 1, 2 }) do n = n + x end", "n", "0"),
                        List.of("for _ in pairs({}) do n = 7 end", "n", "0"),
                        List.of("for i = 1, 3 do if i > 1 then n = n + i end end", "n", "0"),
                        List.of("while n < 2 do n = n + 1 end", "n", "0 1 2"),
                        List.of("repeat n = n + 1 until n > 1", "n", "0 1"),
                        List.of("do n = 1; n = 2 end", "n", "0"),
                        List.of("local a = 1; if a then n = 3 end", "n", "0"),
                        List.of("local function f() return 8 end n = f()", "n", "0 nil"),
                        List.of("if n == 0 then return n end", "n", "0"),
                        List.of("do return n end", "n", "0"));
        for (var each : cases) {
            var text = "local n = 0\n" + each.getFirst();
            assertThat(stops(text, 2, each.get(1))).as(text).isEqualTo(each.getLast());
        }
    }

    @Test
    void a_breakpoint_stops_at_what_begins_first_in_its_line_of_those_that_come_there() {
        var text = "local n = 0\nif %s then\n  n = 1\nelse n = 2 end n = n + 10\nreturn n";
        assertThat(stops(text.formatted("true"), 4, "n")).isEqualTo("1");
        assertThat(stops(text.formatted("false"), 4, "n")).isEqualTo("0");
        var loop = "local n = 0\nn = 5 while n < 7 do\n  n = n + 1\nend\nreturn n";
        assertThat(stops(loop, 2, "n")).isEqualTo("0 6 7");
        var turns = "local n = 0\nfor i = 1, 3 do n = n + i\n  n = n + 1\nend\nreturn n";
        assertThat(stops(turns, 2, "n")).isEqualTo("0");
    }

    @Test
    void a_breakpoint_at_a_loop_over_several_lines_stops_when_the_loop_begins() {
        var body = "\n  n = n + 1\nend";
        assertThat(stops("local n = 0\nfor i = 1, 3 do" + body, 2, "n")).isEqualTo("0");
        assertThat(stops("local n = 0\nfor i = 1, 0 do" + body, 2, "n")).isEqualTo("0");
        assertThat(stops("local n = 0\nfor i in ipairs({ 1, 2 }) do" + body, 2, "n"))
                .isEqualTo("0");
        assertThat(stops("local n = 0\nfor i = 1, 3 do" + body, 3, "n")).isEqualTo("0 1 2");
    }

    /// What an expression is at each stop at a line.
    private static String stops(String text, int line, String expression) {
        List<String> seen = new ArrayList<>();
        try (var session = new Session().run(text, Breakpoint.at(line))) {
            for (var at = session.nextOrEnd(); at.isPresent(); at = session.nextOrEnd()) {
                Session.hit(at.get());
                seen.add(Session.watch(at.get(), expression));
                at.get().resume(Go.ON);
            }
        }
        return String.join(" ", seen);
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
    void a_brace_in_a_text_ends_no_expression_of_a_log_point() {
        for (var each :
                List.of(
                        List.of("{'}'}!", "}!"),
                        List.of("{\"}\\\"}\"}", "}\"}"),
                        List.of("it's {1}", "it's 1"))) {
            try (var session =
                    new Session().run("return 1", new Breakpoint(1, "", "", each.getFirst()))) {
                assertThat(session.end()).isEqualTo("1");
                assertThat(session.said).containsExactly("a.lua:1: " + each.getLast());
            }
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

    @Test
    void an_error_that_load_catches_is_one_that_something_catches() {
        try (var session = new Session()) {
            session.debugger.stopAt(ErrorStops.UNCAUGHT);
            var _ = session.run("local f, e = load(function() error('K', 0) end)\nreturn e");
            assertThat(session.end()).isEqualTo("K");
            assertThat(session.isStopped()).isFalse();
        }
    }

    @Test
    void a_pause_of_what_is_stopped_is_there_already() {
        try (var session = new Session().run("local a = 1\na = 2\nreturn a", Breakpoint.at(2))) {
            var halt = session.halt();
            session.debugger.strands().getFirst().pause();
            halt.resume(Go.ON);
            assertThat(session.end()).isEqualTo("2");
            assertThat(session.isStopped()).isFalse();
        }
    }
}
