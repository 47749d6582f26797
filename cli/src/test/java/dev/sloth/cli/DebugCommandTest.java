package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
            try {
                var toDebugger = Pipe.open();
                var fromDebugger = Pipe.open();
                var in = Channels.newInputStream(toDebugger.source());
                var out = Channels.newOutputStream(fromDebugger.sink());
                editor =
                        new Editor(
                                Channels.newInputStream(fromDebugger.source()),
                                Channels.newOutputStream(toDebugger.sink()));
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try (var printed =
                                    new PrintStream(out, false, StandardCharsets.UTF_8)) {
                                exit.complete(
                                        Main.run(
                                                words,
                                                in,
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
            } catch (IOException e) {
                throw new AssertionError(e);
            }
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
}
