package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.util.List;

/// `config`: looks at the settings and changes them.
final class ConfigCommand implements Command {
    @Override
    public Spec spec() {
        return Specs.command(
                "config",
                "Looks at the settings and changes them.",
                "",
                "They are kept in config.yaml in SLOTH_HOME (~/.sloth-runner unless set). A flag"
                        + " beats the environment, which beats the file.");
    }

    @Override
    public int run(Given given) {
        throw new Problems(
                new Problem("SLOTH-9001", "say what to do", Span.NOWHERE, "try `config list`"));
    }

    @Override
    public List<Command> children() {
        return List.of(new ConfigGet(), new ConfigSet(), new ConfigList(), new ConfigValidate());
    }
}
