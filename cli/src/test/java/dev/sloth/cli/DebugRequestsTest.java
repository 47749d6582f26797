package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.lsp4j.debug.services.IDebugProtocolServer;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Whatever an editor asks, it gets an answer in plain words.
class DebugRequestsTest {
    /// Arguments that no request has; the first ones are what is left out.
    private static final List<String> WRONG =
            List.of(
                    "",
                    "null",
                    "{}",
                    "[]",
                    "[1,null]",
                    "5",
                    "\"text\"",
                    "true",
                    """
                    {"threadId":"x","frameId":"x","variablesReference":"x","expression":5,"name":{},
                     "value":[],"source":"x","breakpoints":5,"filters":5,"program":5,"args":5,
                     "start":"x","count":"x","levels":{},"startFrame":[],"context":5,"filter":5,
                     "linesStartAt1":"x","terminateDebuggee":"x","values":5,"stopOnEntry":5,
                     "targetId":"x","line":"x","text":5,"column":"x","sourceReference":"x"}\
                    """,
                    """
                    {"threadId":1e99,"frameId":1.5,"variablesReference":-1,"expression":"",
                     "name":"","value":"","source":{"path":5},"breakpoints":{},"filters":{},
                     "args":{},"values":[],"targetId":9999999999,"line":0}\
                    """,
                    """
                    {"threadId":null,"frameId":null,"variablesReference":null,"expression":null,
                     "name":null,"value":null,"source":null,"breakpoints":null,"filters":null,
                     "args":null,"values":null,"program":null}\
                    """,
                    """
                    {"source":{"path":"a.lua"},"breakpoints":[null,5,{}],"filters":[null,{}],
                     "args":[null],"values":{"a":null},"expression":"a","context":"hover"}\
                    """,
                    """
                    {"source":{},"breakpoints":[null],"filters":["none"],"variablesReference":1,
                     "frameId":1,"threadId":1,"name":null,"value":null,"args":[1,null]}\
                    """,
                    "{\"a\":{\"b\":[[[{}]]]}}");

    /// Those that end a session.
    private static final List<String> LAST = List.of("disconnect", "terminate");

    /// Those that let it go on, so that whoever asks then may find it under way.
    private static final List<String> ONWARD = List.of("continue", "next", "stepIn", "stepOut");

    @TempDir private Path folder;

    private static Stream<String> requests() {
        return Arrays.stream(IDebugProtocolServer.class.getMethods())
                .filter(m -> m.isAnnotationPresent(JsonRequest.class))
                .map(m -> {
                    var name = m.getAnnotation(JsonRequest.class).value();
                    return name.isEmpty() ? m.getName() : name;
                })
                .sorted();
    }

    private static void plain(SoftAssertions softly, String asked, JsonNode answer) {
        if (answer.path("success").asBoolean(false)) {
            return;
        }
        softly.assertThat(answer.path("message").asString(""))
                .as(asked)
                .isNotBlank()
                .doesNotContain("Exception", "java.", "null", "a fault of ours", "lsp4j", "Error");
        softly.assertThat(answer.path("body").toString())
                .as(asked)
                .doesNotContain("Exception", "java.", "lsp4j");
    }

    @Test
    void every_request_before_anything_is_launched_gets_an_answer_in_plain_words() {
        assertThat(requests()).hasSizeGreaterThan(40);
        var softly = new SoftAssertions();
        try (var session = new DebugSession(folder, "debug")) {
            requests()
                    .filter(request -> !LAST.contains(request))
                    .forEach(request -> askAll(softly, session.editor, request));
            softly.assertThat(session.editor.askWritten("noSuchThing", "{}").path("message"))
                    .asString()
                    .contains("noSuchThing");
            session.leave();
        }
        softly.assertAll();
    }

    @Test
    void every_request_while_something_is_stopped_gets_an_answer_in_plain_words() {
        var path = DebugSession.file(folder, "a.lua", "local a = 1\nreturn a\n");
        var softly = new SoftAssertions();
        try (var session = new DebugSession(folder, "debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of("stopOnEntry", true));
            editor.begin();
            int thread = editor.stopped("entry");
            requests()
                    .filter(request -> !LAST.contains(request))
                    .filter(request -> !ONWARD.contains(request))
                    .forEach(request -> askAll(softly, editor, request));
            assertThat(editor.watch(thread, "40 + 2")).isEqualTo("42");
            session.leave();
        }
        softly.assertAll();
    }

    private static void askAll(SoftAssertions softly, Editor editor, String request) {
        for (var arguments : WRONG) {
            plain(softly, request + " " + arguments, editor.askWritten(request, arguments));
        }
    }

    @Test
    void a_session_can_be_ended_whatever_is_said_with_it() {
        var softly = new SoftAssertions();
        for (var request : LAST) {
            for (var arguments : WRONG) {
                try (var session = new DebugSession(folder, "debug")) {
                    plain(softly, request, session.editor.askWritten(request, arguments));
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void breakpoints_where_no_line_is_are_not_verified() {
        var path = DebugSession.file(folder, "a.lua", "local a = 1\nreturn a\n");
        try (var session = new DebugSession(folder, "debug", path)) {
            var editor = session.editor;
            editor.launch(Map.of("stopOnEntry", true));
            editor.begin();
            editor.stopped("entry");
            var placed = editor.breakpoints(path, 0, -5, Integer.MIN_VALUE, 3, Integer.MAX_VALUE);
            for (var each : placed.path("breakpoints")) {
                assertThat(each.path("verified").asBoolean(true)).as(placed.toString()).isFalse();
                assertThat(each.path("message").asString("")).contains("no ");
            }
            assertThat(
                            editor.breakpoints(path, 2)
                                    .path("breakpoints")
                                    .path(0)
                                    .path("verified")
                                    .asBoolean(false))
                    .isTrue();
            session.leave();
        }
    }

    @Test
    void a_watch_that_takes_its_time_keeps_only_other_looks_waiting() {
        var path = DebugSession.file(folder, "a.lua", "local a = 1\nreturn a\n");
        try (var session = new DebugSession(folder, "debug", "--debug-watch-time", "10m", path)) {
            var editor = session.editor;
            editor.launch(Map.of("stopOnEntry", true));
            editor.begin();
            int thread = editor.stopped("entry");
            int slow =
                    editor.request(
                            "evaluate",
                            Map.of("expression", "(function() while true do end end)()"));
            int behind = editor.request("evaluate", Map.of("expression", "a"));
            assertThat(editor.get("threads", Map.of()).path("threads").size()).isEqualTo(1);
            assertThat(editor.breakpoints(path, 2).path("breakpoints").size()).isEqualTo(1);
            editor.get("pause", Map.of("threadId", thread));
            assertThat(editor.isAnswered(slow)).isFalse();
            assertThat(editor.isAnswered(behind)).isFalse();
            editor.get("disconnect", Map.of());
            editor.end();
        }
    }
}
