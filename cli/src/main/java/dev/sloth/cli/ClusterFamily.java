package dev.sloth.cli;

import java.util.List;

/// `cluster`: all of a master and its agents.
final class ClusterFamily implements Command {
    @Override
    public Spec spec() {
        return Specs.command(
                "cluster",
                "Looks at a master and its agents as a whole.",
                "",
                "For example: `sloth-runner cluster status`.");
    }

    @Override
    public int run(Given given) {
        throw StateFamily.wrong("say what to do", "try `cluster status`");
    }

    @Override
    public List<Command> children() {
        return List.of(new ClusterStatus());
    }
}
