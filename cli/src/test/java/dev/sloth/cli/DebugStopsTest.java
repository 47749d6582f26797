package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An editor stops runs and lets them go on.
class DebugStopsTest {
    private static final String TWO_TASKS =
            """
            local factor = 2
            task("first")
                :command(function(this, params)
                    local sum = 0
                    for i = 1, 3 do
                        sum = sum + i * factor
                    end
                    print("sum is " .. sum)
                    return true, "done", { sum = sum }
                end)
                :build()
            task("second")
                :depends_on({ "first" })
                :command(function(this, params, inputs)
                    local got = inputs.first.sum
                    print("got " .. got)
                    return true
                end)
                :build()
            workflow.define("both"):tasks({ "first", "second" })
            """;

    @TempDir private Path folder;

    private DebugSession session(String... words) {
        return new DebugSession(folder, words);
    }

    private String file(String name, String text) {
        return DebugSession.file(folder, name, text);
    }

    private String task(String body) {
        return DebugSession.task(folder, body);
    }

    @Test
    void a_task_is_stopped_looked_at_changed_and_goes_on() {
        var path = file("both.sloth", TWO_TASKS);
        try (var session = session("debug", "both.sloth")) {
            var editor = session.editor;
            editor.launch(Map.of("program", path));
            var placed = editor.breakpoints(path, 8, 99).path("breakpoints");
            assertThat(placed.path(0).path("verified").asBoolean(true)).isFalse();
            editor.begin();
            int thread = editor.stopped("breakpoint");
            assertThat(editor.event("breakpoint").path("breakpoint").path("verified").asBoolean())
                    .isTrue();
            var top = editor.calls(thread).path(0);
            assertThat(top.path("line").asInt()).isEqualTo(8);
            assertThat(top.path("source").path("path").asString()).isEqualTo(path);
            assertThat(editor.get("threads", Map.of()).toString()).contains("/first/1");
            int locals = editor.scope(thread, "Locals");
            assertThat(editor.variables(locals)).startsWith("this=table").contains("sum=12");
            assertThat(editor.variables(editor.scope(thread, "Upvalues"))).isEqualTo("factor=2");
            var set =
                    editor.get(
                            "setVariable",
                            Map.of(
                                    "variablesReference",
                                    locals,
                                    "name",
                                    "sum",
                                    "value",
                                    "sum * 2"));
            assertThat(set.path("value").asString()).isEqualTo("24");
            editor.go("next", thread);
            editor.event("continued");
            assertThat(editor.stopped("step")).isEqualTo(thread);
            assertThat(editor.line(thread)).isEqualTo(9);
            assertThat(editor.watch(thread, "sum + 1")).isEqualTo("25");
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            assertThat(editor.output("stdout")).contains("[first] sum is 24", "[second] got 24");
            editor.get("disconnect", Map.of());
            editor.end();
            assertThat(session.exit()).isZero();
            assertThat(session.complaints()).isEmpty();
        }
    }

    @Test
    void steps_go_in_out_and_over() {
        var path =
                task(
                        """
                            local function double(n)
                                local twice = n * 2
                                return twice
                            end
                            local a = double(4)
                            local b = double(a)
                            print("b is " .. b)
                        """);
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.breakpoints(path, 6);
            editor.begin();
            int thread = editor.stopped("breakpoint");
            editor.go("stepIn", thread);
            editor.stopped("step");
            assertThat(editor.line(thread)).isEqualTo(3);
            assertThat(editor.calls(thread).path(0).path("name").asString()).isEqualTo("double");
            editor.go("stepOut", thread);
            editor.stopped("step");
            assertThat(editor.line(thread)).isEqualTo(7);
            editor.go("next", thread);
            editor.stopped("step");
            assertThat(editor.variables(editor.scope(thread, "Locals")))
                    .contains("a=8", "b=16", "double=function: double");
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            session.leave();
        }
    }

    @Test
    void conditions_hits_and_log_points_are_kept_to() {
        var path =
                task("    for i = 1, 10 do\n        local x = i * i\n        local y = x\n    end");
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.get(
                    "setBreakpoints",
                    Map.of(
                            "source",
                            Map.of("path", path),
                            "breakpoints",
                            List.of(
                                    Map.of("line", 3, "condition", "i == 3"),
                                    Map.of("line", 4, "hitCondition", "7"),
                                    Map.of("line", 4, "logMessage", "x is {x}"))));
            editor.begin();
            int thread = editor.stopped("breakpoint");
            assertThat(editor.watch(thread, "i")).isEqualTo("3");
            editor.go("continue", thread);
            editor.stopped("breakpoint");
            assertThat(editor.watch(thread, "i")).isEqualTo("7");
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            assertThat(editor.output("console"))
                    .startsWith("one.sloth:4: x is 1\n")
                    .endsWith("one.sloth:4: x is 100\n");
            session.leave();
        }
    }

    @Test
    void a_condition_that_fails_stops_and_is_told() {
        var path = task("    local x\n    print(x)");
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            var placed =
                    editor.get(
                                    "setBreakpoints",
                                    Map.of(
                                            "source",
                                            Map.of("path", path),
                                            "breakpoints",
                                            List.of(
                                                    Map.of("line", 3, "condition", "x.y"),
                                                    Map.of("line", 3, "condition", "x ="))))
                            .path("breakpoints");
            assertThat(placed.path(1).path("message").asString()).startsWith("watch:1: ");
            editor.begin();
            var stopped = editor.event("stopped");
            assertThat(stopped.path("text").asString()).contains("condition 'x.y'", "nil value");
            editor.go("continue", stopped.path("threadId").asInt());
            assertThat(editor.exited()).isZero();
            session.leave();
        }
    }

    @Test
    void an_error_that_nothing_catches_stops_where_it_is_raised() {
        var path = task("    local t = nil\n    pcall(error, 'fine')\n    local x = t.field");
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.get("setExceptionBreakpoints", Map.of("filters", List.of("uncaught")));
            editor.begin();
            int thread = editor.stopped("exception");
            assertThat(editor.line(thread)).isEqualTo(4);
            var info = editor.get("exceptionInfo", Map.of("threadId", thread));
            assertThat(info.path("description").asString())
                    .isEqualTo("one.sloth:4: attempt to index a nil value (local 't')");
            assertThat(info.path("breakMode").asString()).isEqualTo("unhandled");
            assertThat(editor.variables(editor.scope(thread, "Locals"))).contains("t=nil");
            editor.go("continue", thread);
            assertThat(editor.exited()).isEqualTo(1);
            assertThat(editor.output("stdout")).contains("attempt to index a nil value");
            session.leave();
        }
    }

    @Test
    void of_an_error_that_something_may_catch_it_is_said_that_all_of_them_stop() {
        var path = task("    pcall(error, 'fine')");
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.get("setExceptionBreakpoints", Map.of("filters", List.of("uncaught", "all")));
            editor.breakpoints(path, 2);
            editor.begin();
            int thread = editor.stopped("breakpoint");
            assertThat(editor.refused("exceptionInfo", Map.of("threadId", thread)))
                    .contains("not stopped by an error");
            session.leave();
        }
        var caught = task("    pcall(function() error('fine') end)");
        try (var session = session("debug", caught)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.get("setExceptionBreakpoints", Map.of("filters", List.of("uncaught", "all")));
            editor.begin();
            int thread = editor.stopped("exception");
            assertThat(
                            editor.get("exceptionInfo", Map.of("threadId", thread))
                                    .path("breakMode")
                                    .asString())
                    .isEqualTo("always");
            session.leave();
        }
    }

    @Test
    void the_first_statement_can_be_stopped_at_and_a_run_without_stops_is_just_that() {
        var path = task("    print('here')");
        try (var session = session("debug")) {
            var editor = session.editor;
            editor.launch(Map.of("program", path, "stopOnEntry", true));
            editor.begin();
            int thread = editor.stopped("entry");
            assertThat(editor.line(thread)).isEqualTo(1);
            assertThat(editor.get("threads", Map.of()).toString()).contains("reading one.sloth");
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            session.leave();
        }
        try (var session = session("debug")) {
            var editor = session.editor;
            editor.launch(Map.of("program", path, "noDebug", true, "stopOnEntry", true));
            editor.breakpoints(path, 1);
            editor.begin();
            assertThat(editor.exited()).isZero();
            assertThat(editor.output("stdout")).contains("here");
            session.leave();
        }
    }

    @Test
    void a_busy_task_is_paused() {
        var path = task("    local n = 0\n    print('on')\n    while n < 1e18 do n = n + 1 end");
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.begin();
            while (!editor.event("output").path("output").asString().contains("on")) {
                // what comes before is news of the run
            }
            editor.get("pause", Map.of("threadId", 0));
            int thread = editor.stopped("pause");
            assertThat(editor.line(thread)).isEqualTo(4);
            editor.get("evaluate", Map.of("expression", "n = 1e18", "context", "repl"));
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            session.leave();
        }
    }

    @Test
    void tasks_beside_each_other_are_stopped_each_by_itself() {
        var path =
                file(
                        "wide.sloth",
                        """
                        for _, name in ipairs({ "a", "b" }) do
                            task(name):command(function(this)
                                local me = this.task_name or name
                                print("it was " .. me)
                                return true
                            end):build()
                        end
                        workflow.define("wide"):tasks({ "a", "b" })
                        """);
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of("args", List.of("--max-parallel", "2")));
            editor.breakpoints(path, 4);
            editor.begin();
            int first = editor.stopped("breakpoint");
            int second = editor.stopped("breakpoint");
            assertThat(second).isNotEqualTo(first);
            var threads = editor.get("threads", Map.of()).toString();
            assertThat(threads).contains("/a/1", "/b/1");
            assertThat(editor.watch(first, "name")).isNotEqualTo(editor.watch(second, "name"));
            editor.go("continue", second);
            assertThat(editor.line(first)).isEqualTo(4);
            editor.go("continue", first);
            assertThat(editor.exited()).isZero();
            session.leave();
        }
    }

    @Test
    void the_time_of_a_task_stands_still_while_it_is_stopped() {
        var path =
                file(
                        "timed.sloth",
                        """
                        task("work"):timeout("300ms"):command(function()
                            local x = 1
                            return true
                        end):build()
                        workflow.define("timed"):tasks({ "work" }):timeout("300ms")
                        """);
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.breakpoints(path, 3);
            editor.begin();
            int thread = editor.stopped("breakpoint");
            var end = System.nanoTime() + 700_000_000L;
            while (System.nanoTime() < end) {
                assertThat(editor.watch(thread, "x")).isEqualTo("1");
            }
            editor.go("continue", thread);
            assertThat(editor.exited()).as(editor.all()).isZero();
            session.leave();
        }
    }
}
