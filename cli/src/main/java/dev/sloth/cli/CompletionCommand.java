package dev.sloth.cli;

import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.util.List;
import picocli.AutoComplete;

/// `completion`: prints what a shell needs to complete our commands and options.
final class CompletionCommand implements Command {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "completion",
                        "Prints the completion script of a shell.",
                        "",
                        "bash, zsh:  source <(sloth-runner completion bash)",
                        "fish:       sloth-runner completion fish | source");
        spec.addPositional(Specs.positionals("bash|zsh|fish", 1, 1, "The shell."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var shell = given.positionals().getFirst();
        if (!SHELLS.contains(shell)) {
            throw new Problems(
                    new Problem(
                            "SLOTH-9001",
                            "there is no completion for '" + shell + "'",
                            Span.NOWHERE,
                            Nearest.hint(shell, SHELLS, "there is one for bash, zsh and fish")));
        }
        var whole = Help.whole();
        // One script serves bash and zsh: zsh reads it through its bashcompinit.
        var script =
                shell.equals("fish")
                        ? String.join("\n", FishCompletion.of(whole)) + "\n"
                        : AutoComplete.bash(Commands.PROGRAM, whole);
        given.caller().out().print(script);
        return Exit.OK;
    }
}
