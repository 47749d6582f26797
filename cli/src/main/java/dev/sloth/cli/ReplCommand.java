package dev.sloth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/// `repl`: runs Lua as it is typed, with all modules.
final class ReplCommand implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "repl",
                        "Runs Lua as it is typed, with all modules. Tab completes; Ctrl-C stops what"
                                + " runs; Ctrl-D leaves.");
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) {
        var config = given.layers().config();
        var caller = given.caller();
        try (var processes = Wiring.processes(caller, config);
                var shared = Wiring.stateAndEvents(caller, config);
                var repl =
                        new Repl(
                                () -> Wiring.interactive(caller, config, processes, shared),
                                caller.out())) {
            if (caller.outTerminal()) {
                caller.print("sloth-runner " + VersionCommand.version() + ". Ctrl-D leaves.");
                caller.out().flush();
                Files.createDirectories(caller.home());
                new Prompt(repl, caller.home().resolve("repl_history")).run();
            } else {
                piped(repl, caller);
            }
            return Exit.OK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Without a terminal there is no prompt: each complete text is run as it comes.
    private static void piped(Repl repl, Caller caller) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(caller.in(), StandardCharsets.UTF_8));
        var text = new StringBuilder();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            text.append(line).append('\n');
            if (!Repl.incomplete(text.toString())) {
                run(repl, text, caller);
            }
        }
        run(repl, text, caller);
    }

    private static void run(Repl repl, StringBuilder text, Caller caller) {
        if (!text.toString().isBlank()) {
            caller.print(repl.run(text.toString()));
        }
        text.setLength(0);
    }
}
