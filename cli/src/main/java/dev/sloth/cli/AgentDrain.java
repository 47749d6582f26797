package dev.sloth.cli;

import dev.sloth.cli.view.Format;

/// `agent drain` and `agent resume`: whether an agent gets work.
final class AgentDrain implements Command {
    private final boolean draining;

    /// @param draining whether it gets none from now on
    AgentDrain(boolean draining) {
        this.draining = draining;
    }

    @Override
    public Spec spec() {
        var spec =
                draining
                        ? AgentFamily.child(
                                "drain",
                                "Gives an agent no more work; what it has, it ends.",
                                "",
                                "That stays so, also when either side is started anew, until `agent"
                                        + " resume`.")
                        : AgentFamily.child("resume", "Gives an agent work again.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, AgentShow.NAME));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        try (var administration = AgentFamily.open(given)) {
            var agent =
                    draining ? administration.drainAgent(name) : administration.resumeAgent(name);
            if (format == Format.TEXT) {
                given.caller()
                        .print(
                                draining
                                        ? agent.name() + " gets no more work"
                                        : agent.name() + " gets work again");
            } else {
                given.caller().out().print(AgentFamily.document(agent).as(format));
            }
        }
        return Exit.OK;
    }
}
