package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

/// `agent remove`: forgets an agent that nobody needs any more.
final class AgentRemove implements Command {
    private static final String FORCE = "--force";

    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "remove",
                        "Removes an agent that nobody needs any more.",
                        "",
                        "Asks nothing, but refuses while the agent is connected. Its name is free"
                                + " again; its key is refused for ever, as if it had been revoked.");
        spec.addOption(Specs.flag("Also when it is connected: its session ends.", FORCE));
        spec.addPositional(Specs.positionals("NAME", 1, 1, AgentShow.NAME));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        try (var administration = AgentFamily.open(given)) {
            var agent = administration.removeAgent(name, given.has(FORCE));
            if (format == Format.TEXT) {
                given.caller().print("removed " + agent.name());
            } else {
                given.caller()
                        .out()
                        .print(
                                new Document()
                                        .with("removed", agent.name())
                                        .with("id", agent.id())
                                        .as(format));
            }
        }
        return Exit.OK;
    }
}
