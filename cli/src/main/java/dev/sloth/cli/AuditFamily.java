package dev.sloth.cli;

import java.util.List;

/// `audit`: who did what.
final class AuditFamily implements Command {
    @Override
    public Spec spec() {
        return Specs.command(
                "audit",
                "Looks at what was done with a master, and what was refused.",
                "",
                "Whatever changes something is written down with the change; refusals are too, the"
                        + " same ones of a minute together. Nothing that is written down is ever"
                        + " changed or removed.",
                "",
                "For example: `sloth-runner audit list --since 1h`.");
    }

    @Override
    public int run(Given given) {
        throw StateFamily.wrong("say what to do", "try `audit list`");
    }

    @Override
    public List<Command> children() {
        return List.of(new AuditList());
    }
}
