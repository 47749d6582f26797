package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How sessions of an editor begin and end, and what goes wrong.
class DebugCommandTest {
    private static final List<String> COMMANDS =
            List.of(
                    "initialize",
                    "launch",
                    "configurationDone",
                    "setBreakpoints",
                    "threads",
                    "stackTrace",
                    "scopes",
                    "variables",
                    "evaluate",
                    "setVariable",
                    "continue",
                    "pause",
                    "terminate",
                    "disconnect",
                    "nothing");

    private static final List<String> ARGUMENTS =
            List.of(
                    "{}",
                    "null",
                    "[]",
                    "{\"program\":\"PATH\"}",
                    "{\"threadId\":-1,\"frameId\":99999,\"variablesReference\":\"x\"}",
                    "{\"source\":{\"path\":\"PATH\"},\"breakpoints\":[{\"line\":-5}]}",
                    "{\"expression\":null,\"variablesReference\":1e99}");

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
    void terminating_cancels_the_run_also_while_it_is_stopped() {
        var path = task("    local x = 1\n    print('never')");
        try (var session = session("debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of());
            editor.breakpoints(path, 3);
            editor.begin();
            editor.stopped("breakpoint");
            editor.get("terminate", Map.of());
            assertThat(editor.exited()).isEqualTo(Exit.CANCELLED);
            assertThat(editor.output("stdout")).contains("cancelled").doesNotContain("never");
            session.leave();
        }
    }

    @Test
    void an_editor_that_is_gone_ends_what_it_debugs() {
        var path = task("    local x = 1\n    print('never')");
        try (var session = session("debug", path)) {
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
        try (var session = session("debug", path)) {
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
        try (var session = session("debug", path)) {
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
        try (var session = session("debug")) {
            var editor = session.editor;
            editor.get("initialize", Map.of());
            assertThat(editor.refused("configurationDone", Map.of())).contains("nothing was");
            assertThat(editor.refused("launch", Map.of())).contains("no script was named");
            assertThat(editor.refused("launch", Map.of("program", "gone.sloth")))
                    .contains("gone.sloth");
            assertThat(editor.refused("launch", Map.of("program", 1, "args", "x", "as", "c")))
                    .contains("'program' must be", "'args' must be", "'as' must be", "SLOTH-9060");
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
            session.leave();
            assertThat(session.exit()).isZero();
        }
    }

    @Test
    void a_script_that_does_not_parse_is_told_as_run_tells_it() {
        var path = file("bad.sloth", "local x = = 1");
        try (var session = session("debug", path)) {
            session.editor.launch(Map.of());
            session.editor.begin();
            assertThat(session.editor.exited()).isEqualTo(Exit.WRONG);
            assertThat(session.editor.output("stderr")).contains("bad.sloth:1:11", "unexpected");
            session.leave();
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
            assertThat(answer.err()).contains(each.getValue(), "SLOTH-9061");
            assertThat(answer.out()).isEmpty();
        }
    }

    @Test
    void messages_that_cannot_be_read_leave_the_session_as_it_is() {
        var path = task("    print('x')");
        try (var session = session("debug", path)) {
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
            session.leave();
            assertThat(session.complaints()).isEmpty();
            assertThat(editor.output("console")).contains("it is no JSON", "it is no request");
        }
    }

    @Test
    void whatever_comes_a_session_ends_without_a_fault() {
        var path = task("    print('x')");
        Gen.forAll(
                200,
                gen -> {
                    var bytes = new ByteArrayOutputStream();
                    var body =
                            "{\"seq\":1,\"type\":\"request\",\"command\":\"%s\",\"arguments\":%s}"
                                    .formatted(
                                            gen.oneOf(COMMANDS),
                                            gen.oneOf(ARGUMENTS).replace("PATH", path));
                    for (int i = gen.between(1, 5); i > 0; i--) {
                        byte[] message =
                                ("Content-Length: " + body.length() + "\r\n\r\n" + body)
                                        .getBytes(StandardCharsets.UTF_8);
                        if (gen.between(0, 2) == 0) {
                            message[gen.between(0, message.length - 1)] =
                                    (byte) gen.between(0, 255);
                        }
                        bytes.writeBytes(message);
                    }
                    var answer =
                            new Door(folder)
                                    .typing(bytes.toString(StandardCharsets.ISO_8859_1))
                                    .call("debug");
                    assertThat(answer.exit()).as(answer.err()).isIn(0, 2, Exit.CANCELLED);
                    assertThat(answer.err()).doesNotContain("\tat ", "Exception");
                });
    }
}
