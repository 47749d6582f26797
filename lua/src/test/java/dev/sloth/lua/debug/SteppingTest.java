package dev.sloth.lua.debug;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Where steps end.
class SteppingTest {
    private static final String CALLS =
            """
            local function add(a, b)
                local c = a + b
                return c
            end
            local x = add(1, 2) --*
            local y = add(x, 2)
            return x, y
            """;

    @Test
    void over_goes_from_line_to_line_past_calls() {
        try (var session = new Session().run(CALLS)) {
            assertThat(session.lines(session.halt(), Go.OVER)).containsExactly(5, 6, 7);
            assertThat(session.end()).isEqualTo("3 5");
        }
    }

    @Test
    void into_goes_into_calls() {
        try (var session = new Session().run(CALLS)) {
            assertThat(session.lines(session.halt(), Go.INTO)).containsExactly(5, 2, 3, 6, 2, 3, 7);
        }
    }

    @Test
    void out_ends_in_the_caller_behind_the_call() {
        try (var session = new Session().run(CALLS)) {
            var within = session.next(session.halt(), Go.INTO);
            assertThat(Session.lineOf(within)).isEqualTo(2);
            assertThat(Session.lineOf(session.next(within, Go.OUT))).isEqualTo(6);
        }
    }

    @Test
    void over_at_the_end_of_a_function_ends_in_the_caller() {
        try (var session =
                new Session()
                        .run(
                                """
                                local function f()
                                    return 1 --*
                                end
                                local function g() return 2 end
                                local z = f() + g()
                                return z
                                """)) {
            assertThat(session.lines(session.halt(), Go.OVER)).containsExactly(2, 6);
        }
    }

    @Test
    void over_a_recursion_does_not_end_deeper_in_it() {
        try (var session =
                new Session()
                        .run(
                                """
                                local function fac(n)
                                    if n == 0 then return 1 end
                                    local below = fac(n - 1)
                                    return n * below
                                end
                                return fac(5)
                                """,
                                Breakpoint.at(3).when("n == 4"))) {
            var first = session.halt();
            assertThat(Session.watch(first, "n")).isEqualTo("4");
            var after = session.next(first, Go.OVER);
            assertThat(Session.lineOf(after)).isEqualTo(4);
            assertThat(Session.locals(after)).isEqualTo("n=4 below=6");
            assertThat(session.lines(after, Go.OUT)).containsExactly(4, 4);
        }
    }

    @Test
    void over_a_pcall_whose_function_fails_ends_behind_it() {
        try (var session =
                new Session()
                        .run(
                                """
                                local function bad()
                                    local t = nil
                                    t.x = 1
                                    return 2
                                end
                                local ok = pcall(bad) --*
                                local ok = pcall(bad)
                                return ok
                                """)) {
            assertThat(session.lines(session.halt(), Go.OVER)).containsExactly(6, 7, 8);
        }
        try (var session =
                new Session()
                        .run(
                                """
                                local function bad()
                                    error('x') --*
                                end
                                local ok = pcall(bad)
                                return ok
                                """)) {
            assertThat(session.lines(session.halt(), Go.OVER)).containsExactly(2, 5);
        }
    }

    @Test
    void over_a_tail_call_ends_in_the_caller_and_into_goes_along() {
        var text =
                """
                local function last()
                    local a = 1
                    return a
                end
                local function first()
                    return last() --*
                end
                local x = first()
                return x
                """;
        try (var session = new Session().run(text)) {
            assertThat(session.lines(session.halt(), Go.OVER)).containsExactly(6, 9);
        }
        try (var session = new Session().run(text)) {
            assertThat(session.lines(session.halt(), Go.INTO)).containsExactly(6, 2, 3, 9);
        }
    }

    @Test
    void a_tail_recursion_without_end_can_be_stepped_into() {
        try (var session =
                new Session()
                        .run(
                                """
                                local function f(n)
                                    if n == 0 then return 'done' end
                                    return f(n - 1) --*
                                end
                                return f(3)
                                """)) {
            assertThat(session.lines(session.halt(), Go.INTO)).containsExactly(3, 2, 3, 2, 3, 2);
        }
    }

    @Test
    void steps_follow_a_coroutine_in_and_out() {
        var text =
                """
                local co = coroutine.wrap(function(a)
                    local b = coroutine.yield(a)
                    return b
                end)
                local x = co(1) --*
                local y = co(2)
                return x, y
                """;
        try (var session = new Session().run(text)) {
            assertThat(session.lines(session.halt(), Go.INTO)).containsExactly(5, 2, 6, 3, 7);
            assertThat(session.end()).isEqualTo("1 2");
        }
        try (var session = new Session().run(text)) {
            assertThat(session.lines(session.halt(), Go.OVER)).containsExactly(5, 6, 7);
        }
        try (var session = new Session().run(text.replace("yield(a)", "yield(a) --*"))) {
            session.halt().resume(Go.ON);
            var within = session.halt();
            assertThat(Session.stack(within)).isEqualTo("function <a.lua:1>:2 wrap:0 main chunk:5");
            assertThat(within.calls().getFirst().beginsCoroutine()).isTrue();
            assertThat(Session.lineOf(session.next(within, Go.OVER))).isEqualTo(6);
        }
    }

    @Test
    void over_stays_with_its_goroutine() {
        try (var session =
                new Session()
                        .run(
                                """
                                local log = {}
                                local function work(name)
                                    log[#log + 1] = name
                                    log[#log + 1] = name
                                end
                                go(work, 'other')
                                work('own') --*
                                signal('done')
                                """)) {
            assertThat(session.lines(session.halt(), Go.OVER)).containsExactly(7, 8);
        }
    }

    @Test
    void loops_are_stepped_through_turn_by_turn() {
        try (var session =
                new Session()
                        .run(
                                """
                                local n = 0 --*
                                for i = 1, 2 do
                                    n = n + i
                                end
                                while n < 5 do
                                    n = n + 1
                                end
                                repeat
                                    n = n - 3
                                until n < 2
                                for i = 1, 2 do n = n + i end
                                return n
                                """)) {
            assertThat(session.lines(session.halt(), Go.OVER))
                    .containsExactly(1, 2, 3, 2, 3, 5, 6, 5, 6, 5, 9, 10, 9, 10, 11, 12);
        }
    }

    @Test
    void an_elseif_is_a_place_of_its_own() {
        try (var session =
                new Session()
                        .run(
                                """
                                local x = 2 --*
                                if x == 1 then
                                    return 'one'
                                elseif x == 2 then
                                    return 'two'
                                end
                                """)) {
            assertThat(session.lines(session.halt(), Go.OVER)).containsExactly(1, 2, 4, 5);
        }
    }

    @Test
    void a_goto_without_end_can_be_stepped_through() {
        try (var session =
                new Session()
                        .run(
                                """
                                local n = 0
                                ::top::
                                n = n + 1 --*
                                if n < 3 then goto top end
                                return n
                                """)) {
            var first = session.halt();
            var second = session.next(first, Go.OVER);
            assertThat(Session.lineOf(second)).isEqualTo(4);
            assertThat(Session.lineOf(session.next(second, Go.OVER))).isEqualTo(3);
        }
    }
}
