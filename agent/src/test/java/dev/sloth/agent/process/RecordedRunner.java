package dev.sloth.agent.process;

import dev.sloth.api.plugin.Processes.Command;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A runner that a test kills: runs one recorded command and says what it hears of it.
final class RecordedRunner {
    private RecordedRunner() {}

    /// Arguments: a folder, a line for the shell, and whether to show or only to count the lines.
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        boolean show = arguments[2].equals("show");
        var counted = new long[1];
        var sink =
                (LineSink)
                        (_, line) -> {
                            counted[0] += line.length() + 1;
                            if (show) {
                                System.out.println("line " + line);
                            }
                        };
        try (var processes =
                new ChildProcesses(
                        ProcessConfig.defaults(System.getenv()), new SplittableRandom(4))) {
            var record = new CommandRecord(folder.resolve("record"));
            var command = Command.shell("/bin/sh", arguments[1], folder);
            var ended = processes.run(command, record, ProcessMark.of(folder), sink).orElseThrow();
            System.out.println(
                    "ended %d %d %s".formatted(ended.exitCode(), counted[0], ended.truncated()));
        }
    }
}
