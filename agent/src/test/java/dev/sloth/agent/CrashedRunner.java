package dev.sloth.agent;

import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.TaskHook;
import java.nio.file.Path;
import java.util.List;

/// A runner that a test kills: executes one attempt on a bench of its own, saying its lines.
final class CrashedRunner {
    private CrashedRunner() {}

    /// Arguments: a folder, what to run (`shell`, `function` or `hook`, of which the last is a pre
    /// hook before a shell line), and a line for the shell.
    public static void main(String[] arguments) throws Exception {
        try (var bench = new Bench(Path.of(arguments[0]))) {
            FakeScripts.Body runs =
                    (state, _) -> {
                        var command = Command.shell("/bin/sh", arguments[2], state.around.folder());
                        state.around.processes().run(command);
                        return List.of(Value.Bool.TRUE);
                    };
            switch (arguments[1]) {
                case "shell" -> bench.action = new Action.Shell(arguments[2], "");
                case "function" -> bench.command(runs);
                default -> bench.hook(TaskHook.PRE, runs).shell("true");
            }
            bench.executor.execute(bench.job(), (_, _, line) -> System.out.println(line));
        }
    }
}
