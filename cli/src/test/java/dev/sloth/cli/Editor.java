package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An editor as far as a debugger sees it: it speaks the Debug Adapter Protocol, written by hand,
/// and keeps the bytes that it got.
public final class Editor implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long SECONDS_MAX = 20;
    private static final JsonNode END = JSON.createObjectNode().put("type", "end");

    private final OutputStream to;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final List<JsonNode> passed = new ArrayList<>();
    private final List<JsonNode> seen = new ArrayList<>();
    private int sequence;

    /// @param from what the debugger says
    /// @param to what it hears
    public Editor(InputStream from, OutputStream to) {
        this.to = to;
        Thread.ofPlatform().daemon().name("editor").start(() -> listen(from));
    }

    private void listen(InputStream from) {
        try {
            while (true) {
                messages.add(JSON.readTree(body(from)));
            }
        } catch (IOException e) {
            messages.add(END);
        }
    }

    /// Fails on anything that is not the protocol.
    private static byte[] body(InputStream from) throws IOException {
        var header = new ByteArrayOutputStream();
        while (!header.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int b = from.read();
            if (b < 0) {
                throw new IOException("the end, after: " + header);
            }
            header.write(b);
        }
        var length = header.toString(StandardCharsets.US_ASCII).strip();
        if (!length.matches("Content-Length: \\d+")) {
            throw new IOException("not of the protocol: " + length);
        }
        return from.readNBytes(Integer.parseInt(length.substring(16)));
    }

    // ---- what it says

    public void send(byte[] bytes) {
        try {
            to.write(bytes);
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void sendBody(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        send(("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        send(bytes);
    }

    /// Asks, and does not wait for the answer; gives its number.
    public int request(String command, Map<String, ?> arguments) {
        var message = JSON.createObjectNode();
        message.put("seq", ++sequence).put("type", "request").put("command", command);
        message.set("arguments", JSON.valueToTree(arguments));
        sendBody(message.toString());
        return sequence;
    }

    /// Asks and waits for the answer, which may say that it failed.
    public JsonNode ask(String command, Map<String, ?> arguments) {
        return answer(command, request(command, arguments));
    }

    /// Asks with arguments as they are written, or with none; gives the answer.
    public JsonNode askWritten(String command, String arguments) {
        int number = ++sequence;
        sendBody(
                "{\"seq\":%d,\"type\":\"request\",\"command\":\"%s\"%s}"
                        .formatted(
                                number,
                                command,
                                arguments.isEmpty() ? "" : ",\"arguments\":" + arguments));
        return answer(command, number);
    }

    /// Waits for the answer to a request.
    public JsonNode answer(String command, int number) {
        return await(
                command,
                m ->
                        m.path("type").asString("").equals("response")
                                && m.path("request_seq").asInt(-1) == number);
    }

    /// Asks and gives the body of the answer.
    public JsonNode get(String command, Map<String, ?> arguments) {
        var answer = ask(command, arguments);
        assertThat(answer.path("success").asBoolean(false)).as(command + ": " + answer).isTrue();
        return answer.path("body");
    }

    /// Asks what is refused, and gives why.
    public String refused(String command, Map<String, ?> arguments) {
        var answer = ask(command, arguments);
        assertThat(answer.path("success").asBoolean(true)).as(answer.toString()).isFalse();
        return answer.path("message").asString("");
    }

    /// Waits for an event, and gives its body.
    public JsonNode event(String name) {
        return await(
                        name,
                        m ->
                                m.path("type").asString("").equals("event")
                                        && m.path("event").asString("").equals(name))
                .path("body");
    }

    private JsonNode await(String what, Predicate<JsonNode> wanted) {
        for (var each : List.copyOf(passed)) {
            if (wanted.test(each)) {
                passed.remove(each);
                return each;
            }
        }
        while (true) {
            var next = next();
            if (wanted.test(next)) {
                return next;
            }
            assertThat(next).as("waiting for " + what + " after " + passed).isNotEqualTo(END);
            passed.add(next);
        }
    }

    private JsonNode next() {
        try {
            var next = messages.poll(SECONDS_MAX, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came after " + passed);
            }
            seen.add(next);
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Waits until nothing more comes.
    public void end() {
        for (var next = next(); !next.equals(END); next = next()) {
            passed.add(next);
        }
    }

    /// What was written of a category until now.
    public String output(String category) {
        var text = new StringBuilder();
        seen.stream()
                .filter(m -> m.path("event").asString("").equals("output"))
                .map(m -> m.path("body"))
                .filter(b -> b.path("category").asString("").equals(category))
                .forEach(b -> text.append(b.path("output").asString("")));
        return text.toString();
    }

    /// Whether a request was answered of which nobody has waited for the answer.
    public boolean isAnswered(int number) {
        return passed.stream().anyMatch(m -> m.path("request_seq").asInt(-1) == number);
    }

    /// All that came and that nobody has waited for.
    public String all() {
        return passed.toString();
    }

    /// All that ever came.
    public String everything() {
        return seen.toString();
    }

    // ---- what one does with one

    /// Begins a session up to where breakpoints can be set.
    public void launch(Map<String, ?> arguments) {
        get("initialize", Map.of("adapterID", "sloth"));
        get("launch", arguments);
        event("initialized");
    }

    /// Sets breakpoints by line.
    public JsonNode breakpoints(String path, int... lines) {
        var points = new ArrayList<Map<String, Integer>>();
        for (int line : lines) {
            points.add(Map.of("line", line));
        }
        return get("setBreakpoints", Map.of("source", Map.of("path", path), "breakpoints", points));
    }

    public void begin() {
        get("configurationDone", Map.of());
    }

    /// Waits until something is stopped; gives its thread.
    public int stopped(String reason) {
        var stopped = event("stopped");
        assertThat(stopped.path("reason").asString("")).as(stopped.toString()).isEqualTo(reason);
        return stopped.path("threadId").asInt(-1);
    }

    /// The calls of a thread.
    public JsonNode calls(int thread) {
        return get("stackTrace", Map.of("threadId", thread)).path("stackFrames");
    }

    /// Where a thread is.
    public int line(int thread) {
        return calls(thread).path(0).path("line").asInt(-1);
    }

    /// The variables of a scope of the innermost call.
    public int scope(int thread, String name) {
        int frame = calls(thread).path(0).path("id").asInt(-1);
        for (var scope : get("scopes", Map.of("frameId", frame)).path("scopes")) {
            if (scope.path("name").asString("").equals(name)) {
                return scope.path("variablesReference").asInt(-1);
            }
        }
        throw new AssertionError("no scope " + name);
    }

    /// `name=value` for each variable.
    public String variables(int reference) {
        var all = new ArrayList<String>();
        for (var each :
                get("variables", Map.of("variablesReference", reference)).path("variables")) {
            all.add(each.path("name").asString("") + "=" + each.path("value").asString(""));
        }
        return String.join(" ", all);
    }

    /// What an expression is in the innermost call of a thread.
    public String watch(int thread, String expression) {
        int frame = calls(thread).path(0).path("id").asInt(-1);
        return get(
                        "evaluate",
                        Map.of("expression", expression, "frameId", frame, "context", "watch"))
                .path("result")
                .asString("");
    }

    public void go(String command, int thread) {
        get(command, Map.of("threadId", thread));
    }

    /// The exit code that what was debugged has ended with.
    public int exited() {
        int code = event("exited").path("exitCode").asInt(-1);
        event("terminated");
        return code;
    }

    /// Says nothing more, as one that was killed.
    public void hangUp() {
        close();
    }

    @Override
    public void close() {
        try {
            to.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
