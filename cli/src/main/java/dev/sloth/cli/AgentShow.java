package dev.sloth.cli;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.wire.AgentSight;
import dev.sloth.wire.ClockOffset;

/// `agent show`: all that is known of one agent.
final class AgentShow implements Command {
    static final String NAME = "The name of the agent.";

    @Override
    public Spec spec() {
        var spec = AgentFamily.child("show", "Shows all that a master knows of an agent.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, NAME));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        AgentSight agent;
        try (var administration = AgentFamily.open(given)) {
            agent = administration.agent(given.positionals().getFirst());
        }
        if (format == Format.TEXT) {
            given.caller().print(table(agent).lines(0));
        } else {
            given.caller().out().print(AgentFamily.document(agent).as(format));
        }
        return Exit.OK;
    }

    private static TextTable table(AgentSight agent) {
        var figures = agent.figures();
        var table = new TextTable("AGENT", agent.name());
        table.row("id", agent.id());
        table.row("state", agent.state());
        table.row("tags", AgentFamily.orDash(String.join(",", agent.tags())));
        table.row("region", AgentFamily.orDash(agent.region()));
        table.row("slots", Integer.toString(agent.slots()));
        table.row("version", AgentFamily.orDash(agent.version()));
        table.row("host", AgentFamily.orDash(agent.host()));
        table.row("system", AgentFamily.orDash(agent.system()));
        table.row("address", AgentFamily.orDash(agent.address()));
        table.row("work", agent.work());
        if (!agent.clockAhead().isZero()) {
            table.row("clock", new ClockOffset(agent.clockAhead()).toString());
        }
        table.row("session", Long.toString(agent.sessionEpoch()));
        table.row("joined", TimeText.of(agent.joinedAt()));
        table.row("seen", TimeText.of(agent.seenAt()));
        table.row("certificate until", TimeText.of(agent.certificateUntil()));
        if (figures.processors() > 0) {
            table.row("load", "%.2f on %d".formatted(figures.load(), figures.processors()));
            table.row(
                    "memory",
                    "%s free of %s"
                            .formatted(
                                    Sizes.text(figures.memoryFreeBytes()),
                                    Sizes.text(figures.memoryBytes())));
        }
        return table;
    }
}
