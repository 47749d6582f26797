package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an editor sees of what is stopped, and of what it may not see.
class DebugLooksTest {
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

    private static Map<String, Object> at(int frame, String expression, String context) {
        return Map.of("expression", expression, "frameId", frame, "context", context);
    }

    @Test
    void tables_are_looked_at_page_by_page() {
        var path =
                task(
                        """
                            local t = { name = "n", deep = { 1, 2, 3 } }
                            for i = 1, 1000 do t[i] = i end
                            local text = "a"
                            print(text .. t.name .. t[3])
                        """);
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.breakpoints(path, 5);
            editor.begin();
            int thread = editor.stopped("breakpoint");
            int frame = editor.calls(thread).path(0).path("id").asInt();
            var t = editor.get("evaluate", at(frame, "t", "hover"));
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
            assertThat(editor.refused("evaluate", at(frame, "print(1)", "hover")))
                    .contains("only names");
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
            session.leave();
        }
    }

    @Test
    void nothing_runs_for_what_is_under_the_pointer() {
        var path =
                task(
                        """
                            local function ran() print("metamethod") return "made" end
                            local t = setmetatable({ own = 1 }, { __index = ran, __call = ran,
                                __tostring = ran, __len = ran })
                            print("end")
                        """);
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.breakpoints(path, 5);
            editor.begin();
            int thread = editor.stopped("breakpoint");
            int frame = editor.calls(thread).path(0).path("id").asInt();
            assertThat(editor.get("evaluate", at(frame, "t.own", "hover")).path("result"))
                    .asString()
                    .contains("1");
            assertThat(editor.refused("evaluate", at(frame, "t.none", "hover")))
                    .contains("'t.none' is what code", "not run under the pointer");
            assertThat(editor.variables(editor.scope(thread, "Locals"))).contains("t=table: 1");
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            assertThat(editor.output("stdout")).contains("end").doesNotContain("metamethod");
            session.leave();
        }
    }

    @Test
    void expressions_are_computed_and_assigned_until_the_script_goes_on() {
        var path =
                task(
                        """
                            local t = { name = "n", deep = { 1, 2, 3 } }
                            for i = 1, 1000 do t[i] = i end
                            local text = "a"
                            print(text .. t.name .. t[3])
                        """);
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.breakpoints(path, 5);
            editor.begin();
            int thread = editor.stopped("breakpoint");
            int frame = editor.calls(thread).path(0).path("id").asInt();
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
                            editor.get("evaluate", at(frame, "text, #t", "repl"))
                                    .path("result")
                                    .asString())
                    .isEqualTo("a\t1000");
            assertThat(editor.refused("evaluate", Map.of("expression", "t..t", "frameId", frame)))
                    .contains("attempt to concatenate a table value");
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            assertThat(editor.output("stdout")).contains("aa!3");
            assertThat(editor.refused("scopes", Map.of("frameId", frame))).contains("went on");
            assertThat(editor.refused("next", Map.of("threadId", thread))).contains("not stopped");
            assertThat(editor.refused("evaluate", Map.of("expression", "1")))
                    .contains("nothing is stopped");
            session.leave();
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
        try (var session = session("debug", path)) {
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
            session.leave();
            assertThat(editor.everything()).contains("it is ***").doesNotContain("hunter2");
        }
    }

    @Test
    void a_plain_script_is_debugged() {
        var path = file("plain.lua", "local a = ...\nlocal b = a .. '!'\nprint(b)\nos.exit(3)\n");
        try (var session = session("debug", "plain.lua")) {
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
            session.leave();
            assertThat(session.exit()).isEqualTo(3);
        }
    }

    @Test
    void values_and_arguments_of_a_launch_are_those_of_a_run() {
        var path = task("    print(values.name .. values.count .. tostring(values.flag))");
        try (var session = session("debug", path)) {
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
            session.leave();
        }
        assertThat(new Door(folder).call("runs", "list").out()).contains("one", "succeeded");
    }
}
