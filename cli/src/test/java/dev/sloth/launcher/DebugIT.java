package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.cli.Editor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An editor debugs the program itself, as it would on a user's machine.
final class DebugIT {
    private static final long SECONDS_MAX = 60;

    private static final String SCRIPT =
            """
            task("work"):command(function(this)
                local count = 20
                local co = coroutine.wrap(function()
                    coroutine.yield(count + 1)
                end)
                print("count is " .. co())
                return true
            end):build()
            workflow.define("one"):tasks({ "work" })
            """;

    @TempDir Path scratch;

    private Process start(String... words) throws IOException {
        var builder = new ProcessBuilder(words);
        builder.directory(scratch.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("HOME", scratch.toString());
        builder.environment().put("LANG", "C.UTF-8");
        builder.redirectError(scratch.resolve("err").toFile());
        return builder.start();
    }

    private int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
    }

    private String complaints() throws IOException {
        return Files.readString(scratch.resolve("err"), StandardCharsets.UTF_8);
    }

    @Test
    void a_task_is_stopped_looked_at_changed_and_goes_on() throws Exception {
        var script = Files.writeString(scratch.resolve("one.sloth"), SCRIPT).toString();
        var process = start(Shell.root().resolve("sloth-runner").toString(), "debug", script);
        try (var editor = new Editor(process.getInputStream(), process.getOutputStream())) {
            editor.launch(Map.of());
            editor.breakpoints(script, 4);
            editor.begin();
            int thread = editor.stopped("breakpoint");
            assertThat(editor.line(thread)).isEqualTo(4);
            int upvalues = editor.scope(thread, "Upvalues");
            assertThat(editor.variables(upvalues)).isEqualTo("count=20");
            editor.get(
                    "setVariable",
                    Map.of("variablesReference", upvalues, "name", "count", "value", "41"));
            editor.go("next", thread);
            editor.stopped("step");
            assertThat(editor.line(thread)).isEqualTo(7);
            editor.go("continue", thread);
            assertThat(editor.exited()).isZero();
            assertThat(editor.output("stdout")).contains("[work] count is 42");
            editor.get("disconnect", Map.of());
            editor.end();
            assertThat(end(process)).isZero();
            assertThat(complaints()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void an_editor_that_is_killed_leaves_nothing_behind() throws Exception {
        var script = Files.writeString(scratch.resolve("one.sloth"), SCRIPT).toString();
        var process = start(Shell.root().resolve("sloth-runner").toString(), "debug", script);
        try (var editor = new Editor(process.getInputStream(), process.getOutputStream())) {
            editor.launch(Map.of());
            editor.breakpoints(script, 4);
            editor.begin();
            editor.stopped("breakpoint");
            editor.hangUp();
            assertThat(end(process)).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
    }
}
