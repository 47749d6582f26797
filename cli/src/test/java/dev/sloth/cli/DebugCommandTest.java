package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An editor debugs runs and scripts.
class DebugCommandTest {
    private static final long SECONDS_MAX = 100;

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

    /// A session in this process.
    private final class Session implements AutoCloseable {
        final Editor editor;
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();

        Session(String... words) {
            var toDebugger = new Duct();
            var fromDebugger = new Duct();
            editor = new Editor(fromDebugger.out(), toDebugger.in());
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> {
                        try (var printed =
                                new PrintStream(fromDebugger.in(), false, StandardCharsets.UTF_8)) {
                            exit.complete(
                                    Main.run(
                                            words,
                                            toDebugger.out(),
                                            printed,
                                            new PrintStream(err, true, StandardCharsets.UTF_8),
                                            Map.of(
                                                    "SLOTH_HOME",
                                                    folder.resolve("home").toString(),
                                                    "PATH",
                                                    System.getenv("PATH")),
                                            folder));
                        } catch (RuntimeException | Error e) {
                            exit.completeExceptionally(e);
                        }
                    });
        }

        int exit() {
            try {
                return exit.get(SECONDS_MAX, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(err.toString(StandardCharsets.UTF_8), e);
            }
        }

        String complaints() {
            return err.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            editor.close();
            exit();
        }
    }

    private String file(String name, String text) {
        new Door(folder).file(name, text);
        return folder.resolve(name).toString();
    }

    @Test
    void a_task_is_stopped_looked_at_changed_and_goes_on() {
        var path = file("both.sloth", TWO_TASKS);
        try (var session = new Session("debug", "both.sloth")) {
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

    /// A workflow of one task with this body.
    private String task(String body) {
        return file(
                "one.sloth",
                """
                task("work"):command(function(this, params)
                %s
                    return true
                end):build()
                workflow.define("one"):tasks({ "work" })
                """
                        .formatted(body));
    }

    private static void leave(Session session) {
        session.editor.get("disconnect", Map.of());
        session.editor.end();
    }

    // ---- stops

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
        try (var session = new Session("debug", path)) {
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
            leave(session);
        }
    }

    @Test
    void conditions_hits_and_log_points_are_kept_to() {
        var path =
                task("    for i = 1, 10 do\n        local x = i * i\n        local y = x\n    end");
        try (var session = new Session("debug", path)) {
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
            leave(session);
        }
    }

    @Test
    void a_condition_that_fails_stops_and_is_told() {
        var path = task("    local x\n    print(x)");
        try (var session = new Session("debug", path)) {
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
            leave(session);
        }
    }

    @Test
    void an_error_that_nothing_catches_stops_where_it_is_raised() {
        var path = task("    local t = nil\n    pcall(error, 'fine')\n    local x = t.field");
        try (var session = new Session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.get("setExceptionBreakpoints", Map.of("filters", List.of("uncaught")));
            editor.begin();
            int thread = editor.stopped("exception");
            assertThat(editor.line(thread)).isEqualTo(4);
            assertThat(
                            editor.get("exceptionInfo", Map.of("threadId", thread))
                                    .path("description")
                                    .asString())
                    .isEqualTo("one.sloth:4: attempt to index a nil value (local 't')");
            assertThat(editor.variables(editor.scope(thread, "Locals"))).contains("t=nil");
            editor.go("continue", thread);
            assertThat(editor.exited()).isEqualTo(1);
            assertThat(editor.output("stdout")).contains("attempt to index a nil value");
            leave(session);
        }
    }

    @Test
    void the_first_statement_can_be_stopped_at_and_a_run_without_stops_is_just_that() {
        var path = task("    print('here')");
        try (var session = new Session("debug")) {
            var editor = session.editor;
            editor.launch(Map.of("program", path, "stopOnEntry", true));
            editor.begin();
            int thread = editor.stopped("entry");
            assertThat(editor.line(thread)).isEqualTo(1);
            assertThat(editor.get("threads", Map.of()).toString()).contains("reading one.sloth");
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            leave(session);
        }
        try (var session = new Session("debug")) {
            var editor = session.editor;
            editor.launch(Map.of("program", path, "noDebug", true, "stopOnEntry", true));
            editor.breakpoints(path, 1);
            editor.begin();
            assertThat(editor.exited()).isZero();
            assertThat(editor.output("stdout")).contains("here");
            leave(session);
        }
    }

    @Test
    void a_busy_task_is_paused() {
        var path = task("    local n = 0\n    print('on')\n    while n < 1e18 do n = n + 1 end");
        try (var session = new Session("debug", path)) {
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
            leave(session);
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
        try (var session = new Session("debug", path)) {
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
            leave(session);
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
        try (var session = new Session("debug", path)) {
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
            leave(session);
        }
    }

    // ---- looks

    @Test
    void values_are_looked_at_and_changed_in_all_ways() {
        var path =
                task(
                        """
                            local t = { name = "n", deep = { 1, 2, 3 } }
                            for i = 1, 1000 do t[i] = i end
                            local text = "a"
                            print(text .. t.name .. t[3])
                        """);
        try (var session = new Session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.breakpoints(path, 5);
            editor.begin();
            int thread = editor.stopped("breakpoint");
            int frame = editor.calls(thread).path(0).path("id").asInt();
            var t =
                    editor.get(
                            "evaluate",
                            Map.of("expression", "t", "frameId", frame, "context", "hover"));
            assertThat(t.path("indexedVariables").asInt()).isEqualTo(1000);
            assertThat(t.path("namedVariables").asInt()).isEqualTo(2);
            int reference = t.path("variablesReference").asInt();
            assertThat(
                            editor.get(
                                            "variables",
                                            Map.of(
                                                    "variablesReference",
                                                    reference,
                                                    "filter",
                                                    "indexed",
                                                    "start",
                                                    997,
                                                    "count",
                                                    100))
                                    .path("variables")
                                    .size())
                    .isEqualTo(3);
            assertThat(editor.variables(reference))
                    .endsWith("...=more than the 500 that are shown");
            assertThat(
                            editor.refused(
                                    "evaluate",
                                    Map.of(
                                            "expression",
                                            "print(1)",
                                            "frameId",
                                            frame,
                                            "context",
                                            "hover")))
                    .contains("only names");
            var set =
                    editor.get(
                            "setExpression",
                            Map.of(
                                    "expression",
                                    "t.name",
                                    "value",
                                    "text .. '!'",
                                    "frameId",
                                    frame));
            assertThat(set.path("value").asString()).isEqualTo("\"a!\"");
            assertThat(
                            editor.get(
                                            "evaluate",
                                            Map.of(
                                                    "expression",
                                                    "text, #t",
                                                    "frameId",
                                                    frame,
                                                    "context",
                                                    "repl"))
                                    .path("result")
                                    .asString())
                    .isEqualTo("a\t1000");
            assertThat(editor.refused("evaluate", Map.of("expression", "t..t", "frameId", frame)))
                    .contains("attempt to concatenate a table value");
            assertThat(
                            editor.refused(
                                    "setVariable",
                                    Map.of(
                                            "variablesReference",
                                            reference,
                                            "name",
                                            "none",
                                            "value",
                                            "1")))
                    .contains("no variable 'none'");
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            assertThat(editor.output("stdout")).contains("aa!3");
            assertThat(editor.refused("scopes", Map.of("frameId", frame))).contains("went on");
            assertThat(editor.refused("next", Map.of("threadId", thread))).contains("not stopped");
            assertThat(editor.refused("evaluate", Map.of("expression", "1")))
                    .contains("nothing is stopped");
            leave(session);
        }
    }

    @Test
    void secrets_are_never_shown() {
        var door = new Door(folder).typing("hunter2-hunter2");
        assertThat(door.call("secrets", "set", "token").exit()).isZero();
        var path =
                file(
                        "secret.sloth",
                        """
                        task("work"):command(function()
                            local token = secrets.token
                            local t = { [token] = "x" .. token }
                            error("with " .. token)
                        end):build()
                        workflow.define("secret"):tasks({ "work" }):secrets({ "token" })
                        """);
        try (var session = new Session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.get("setExceptionBreakpoints", Map.of("filters", List.of("all")));
            editor.get(
                    "setBreakpoints",
                    Map.of(
                            "source",
                            Map.of("path", path),
                            "breakpoints",
                            List.of(
                                    Map.of("line", 4),
                                    Map.of("line", 4, "logMessage", "it is {token}"))));
            editor.begin();
            int thread = editor.stopped("breakpoint");
            int locals = editor.scope(thread, "Locals");
            assertThat(editor.variables(locals)).contains("token=\"***\"");
            assertThat(editor.watch(thread, "token .. 1")).isEqualTo("\"***1\"");
            int fields =
                    editor.get("variables", Map.of("variablesReference", locals))
                            .path("variables")
                            .path(1)
                            .path("variablesReference")
                            .asInt();
            assertThat(editor.variables(fields)).isEqualTo("[\"***\"]=\"x***\"");
            editor.get("evaluate", Map.of("expression", "print(token)", "context", "repl"));
            editor.refused("evaluate", Map.of("expression", "error(token)"));
            editor.go("continue", thread);
            editor.stopped("exception");
            editor.go("continue", thread);
            assertThat(editor.exited()).isEqualTo(1);
            leave(session);
            assertThat(editor.everything()).contains("it is ***").doesNotContain("hunter2");
        }
    }

    // ---- plain scripts

    @Test
    void a_plain_script_is_debugged() {
        var path = file("plain.lua", "local a = ...\nlocal b = a .. '!'\nprint(b)\nos.exit(3)\n");
        try (var session = new Session("debug", "plain.lua")) {
            var editor = session.editor;
            editor.launch(Map.of("args", List.of("given"), "grant", List.of("os.exit")));
            editor.breakpoints(path, 3);
            editor.begin();
            int thread = editor.stopped("breakpoint");
            assertThat(editor.variables(editor.scope(thread, "Locals")))
                    .isEqualTo("a=\"given\" b=\"given!\"");
            editor.go("continue", thread);
            assertThat(editor.exited()).isEqualTo(3);
            assertThat(editor.output("stdout")).isEqualTo("given!\n");
            leave(session);
            assertThat(session.exit()).isEqualTo(3);
        }
    }

    @Test
    void values_and_arguments_of_a_launch_are_those_of_a_run() {
        var path = task("    print(values.name .. values.count .. tostring(values.flag))");
        try (var session = new Session("debug", path)) {
            var editor = session.editor;
            editor.launch(
                    Map.of(
                            "values",
                            Map.of("name", "n", "count", 3),
                            "args",
                            List.of("--var", "flag=true")));
            editor.begin();
            assertThat(editor.exited()).isZero();
            assertThat(editor.output("stdout")).contains("n3true");
            leave(session);
        }
        assertThat(new Door(folder).call("runs", "list").out()).contains("one", "succeeded");
    }

    // ---- the end

    @Test
    void terminating_cancels_the_run_also_while_it_is_stopped() {
        var path = task("    local x = 1\n    print('never')");
        try (var session = new Session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.breakpoints(path, 3);
            editor.begin();
            editor.stopped("breakpoint");
            editor.get("terminate", Map.of());
            assertThat(editor.exited()).isEqualTo(Exit.CANCELLED);
            assertThat(editor.output("stdout")).contains("cancelled").doesNotContain("never");
            leave(session);
        }
    }

    @Test
    void an_editor_that_is_gone_ends_what_it_debugs() {
        var path = task("    local x = 1\n    print('never')");
        try (var session = new Session("debug", path)) {
            session.editor.launch(Map.of());
            session.editor.breakpoints(path, 3);
            session.editor.begin();
            session.editor.stopped("breakpoint");
            session.editor.close();
            assertThat(session.exit()).isEqualTo(Exit.CANCELLED);
        }
        assertThat(new Door(folder).call("runs", "list").out()).contains("cancelled");
    }

    @Test
    void a_script_that_is_only_read_is_ended_too() {
        var path = file("reading.sloth", "while true do end");
        try (var session = new Session("debug", path)) {
            session.editor.launch(Map.of("stopOnEntry", true));
            session.editor.begin();
            session.editor.stopped("entry");
            session.editor.get("disconnect", Map.of());
            session.editor.end();
            assertThat(session.exit()).isEqualTo(Exit.WRONG);
        }
    }

    @Test
    void a_run_that_is_left_alone_goes_on_to_its_end() {
        var path = task("    local x = 1\n    print('to the end')");
        try (var session = new Session("debug", path)) {
            session.editor.launch(Map.of());
            session.editor.breakpoints(path, 3);
            session.editor.begin();
            session.editor.stopped("breakpoint");
            session.editor.get("disconnect", Map.of("terminateDebuggee", false));
            assertThat(session.exit()).isZero();
        }
        assertThat(new Door(folder).call("runs", "list").out()).contains("succeeded");
    }

    // ---- what goes wrong

    @Test
    void what_cannot_be_launched_is_told() {
        try (var session = new Session("debug")) {
            var editor = session.editor;
            editor.get("initialize", Map.of());
            assertThat(editor.refused("configurationDone", Map.of())).contains("nothing was");
            assertThat(editor.refused("launch", Map.of())).contains("no script was named");
            assertThat(editor.refused("launch", Map.of("program", "gone.sloth")))
                    .contains("gone.sloth");
            assertThat(editor.refused("launch", Map.of("program", 1, "args", "x", "as", "c")))
                    .contains("'program' must be", "'args' must be", "'as' must be", "SLOTH-9050");
            var path = task("    print('x')");
            assertThat(
                            editor.refused(
                                    "launch",
                                    Map.of("program", path, "args", List.of("--master", "a:1"))))
                    .contains("--master cannot be debugged");
            assertThat(editor.refused("launch", Map.of("program", path, "cwd", "/no/such/place")))
                    .contains("'cwd' is no folder");
            assertThat(editor.refused("setBreakpoints", Map.of("source", Map.of("path", path))))
                    .contains("nothing was launched");
            editor.get("launch", Map.of("program", path));
            assertThat(editor.refused("launch", Map.of("program", path))).contains("already");
            assertThat(editor.refused("setBreakpoints", Map.of("source", Map.of())))
                    .contains("path of a file");
            assertThat(
                            editor.breakpoints("/elsewhere/x.sloth", 1)
                                    .path("breakpoints")
                                    .path(0)
                                    .path("message")
                                    .asString())
                    .contains("not been read");
            leave(session);
            assertThat(session.exit()).isZero();
        }
    }

    @Test
    void a_script_that_does_not_parse_is_told_as_run_tells_it() {
        var path = file("bad.sloth", "local x = = 1");
        try (var session = new Session("debug", path)) {
            session.editor.launch(Map.of());
            session.editor.begin();
            assertThat(session.editor.exited()).isEqualTo(Exit.WRONG);
            assertThat(session.editor.output("stderr")).contains("bad.sloth:1:11", "unexpected");
            leave(session);
            assertThat(session.exit()).isEqualTo(Exit.WRONG);
        }
    }

    @Test
    void wrong_use_is_told_before_an_editor_says_anything() {
        var gone = new Door(folder).call("debug", "gone.sloth");
        assertThat(gone.exit()).isEqualTo(2);
        assertThat(gone.err()).contains("gone.sloth");
        assertThat(gone.out()).isEmpty();
        assertThat(new Door(folder).call("debug", "--as", "c", "x").err()).contains("--as 'c'");
        assertThat(new Door(folder).call("debug", "a", "b").exit()).isEqualTo(2);
        assertThat(new Door(folder).call("debug").exit()).isZero();
    }

    @Test
    void what_is_not_of_the_protocol_ends_the_session_with_a_reason() {
        for (var each :
                Map.of(
                                "Content-Length: 99999999999\r\n\r\n",
                                "more than the 4194304",
                                "Content-Length: many\r\n\r\n",
                                "is no number",
                                "\r\n",
                                "has no Content-Length",
                                "x".repeat(20_000),
                                "longer than it may be")
                        .entrySet()) {
            var answer = new Door(folder).typing(each.getKey()).call("debug");
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err()).contains(each.getValue(), "SLOTH-9051");
            assertThat(answer.out()).isEmpty();
        }
    }

    @Test
    void messages_that_cannot_be_read_leave_the_session_as_it_is() {
        var path = task("    print('x')");
        try (var session = new Session("debug", path)) {
            var editor = session.editor;
            for (var body :
                    List.of(
                            "not json",
                            "{",
                            "[]",
                            "null",
                            "{}",
                            "1",
                            "[".repeat(100_000),
                            "{\"seq\":1,\"type\":\"odd\"}",
                            "{\"seq\":\"x\",\"type\":\"request\"}",
                            "{\"type\":\"request\",\"seq\":1}",
                            "{\"type\":\"response\",\"request_seq\":77,\"success\":true,\"command\":\"x\"}",
                            "{\"type\":\"request\",\"seq\":1,\"command\":\"next\",\"arguments\":{\"threadId\":\"x\"}}",
                            "{\"type\":\"event\",\"seq\":1,\"event\":\"stopped\"}")) {
                editor.sendBody(body);
                var after = body.substring(0, Math.min(50, body.length()));
                assertThat(editor.get("threads", Map.of())).as(after).isNotNull();
            }
            assertThat(editor.refused("nonsense", Map.of())).contains("nonsense");
            assertThat(editor.refused("stepBack", Map.of("threadId", 1))).isNotEmpty();
            editor.launch(Map.of());
            editor.begin();
            assertThat(editor.exited()).isZero();
            leave(session);
            assertThat(session.complaints()).isEmpty();
        }
    }
}
