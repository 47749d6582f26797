package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

/// `agent revoke`: refuses an agent for ever.
final class AgentRevoke implements Command {
    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "revoke",
                        "Refuses an agent for ever, and ends its session.",
                        "",
                        "Asks nothing. The name is free again; the machine can join anew with"
                                + " another token and an empty folder, and is another agent then.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, AgentShow.NAME));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        try (var administration = AgentFamily.open(given)) {
            var agent = administration.revokeAgent(name);
            if (format == Format.TEXT) {
                given.caller().print("revoked " + agent.name());
            } else {
                given.caller()
                        .out()
                        .print(
                                new Document()
                                        .with("revoked", agent.name())
                                        .with("id", agent.id())
                                        .as(format));
            }
        }
        return Exit.OK;
    }
}
