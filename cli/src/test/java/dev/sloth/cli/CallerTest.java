package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerTest {
    @TempDir private Path folder;

    @Test
    void a_run_on_a_dumb_terminal_writes_lines_and_nothing_else() {
        assertThat(run("dumb")).contains("succeeded").doesNotContain("\u001b").doesNotContain("\r");
        assertThat(run("xterm")).contains("\u001b[?25l", "\u001b[?25h");
    }

    private String run(String terminal) {
        new Door(folder)
                .file(
                        "w.sloth",
                        "workflow.define('w'):tasks({ task('a'):command('true'):build() })\n");
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        var environment =
                Map.of(
                        "SLOTH_HOME",
                        folder.resolve("home").toString(),
                        "PATH",
                        System.getenv().getOrDefault("PATH", ""),
                        "TERM",
                        terminal);
        var caller =
                new Caller(
                        InputStream.nullInputStream(),
                        stream,
                        Door.nowhere(),
                        environment,
                        folder,
                        true,
                        true);
        int exit = Main.run(new String[] {"run", "w.sloth"}, caller);
        assertThat(exit).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}
