package dev.sloth.plugins.facts;

import dev.sloth.api.plugin.Processes;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.plugin.Processes.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Asks a tool of the system: quietly, in plain English, and not for long.
record Tools(Processes processes) {
    private static final Duration TOOL_MAX = Duration.ofSeconds(30);

    /// What the tool answered, whether it was content or not.
    ///
    /// @throws IOException when it cannot be started, takes too long or says too much
    Ended ask(List<String> argv) throws IOException, InterruptedException {
        var ended =
                processes.run(
                        Command.of(argv, Path.of("/"))
                                .environment(Map.of("LC_ALL", "C"))
                                .timeout(TOOL_MAX)
                                .quiet(true));
        if (ended.timedOut()) {
            throw new IOException(
                    argv.getFirst() + " took longer than " + TOOL_MAX.toSeconds() + "s");
        }
        if (ended.truncated()) {
            throw new IOException(argv.getFirst() + " wrote more than is kept");
        }
        return ended;
    }

    /// The lines of an answer.
    ///
    /// @throws IOException when the tool failed, with its own words
    List<String> lines(List<String> argv) throws IOException, InterruptedException {
        var ended = ask(argv);
        if (ended.exitCode() != 0) {
            throw new IOException(argv.getFirst() + " failed: " + complaint(ended));
        }
        return lines(ended);
    }

    static List<String> lines(Ended ended) {
        return new String(ended.stdout(), StandardCharsets.UTF_8).lines().toList();
    }

    private static String complaint(Ended ended) {
        var stderr = new String(ended.stderr(), StandardCharsets.UTF_8).strip();
        return stderr.isEmpty() ? "exit status " + ended.exitCode() : stderr;
    }
}
