package dev.sloth.cli;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.core.select.Selector;
import dev.sloth.wire.AgentSight;
import java.util.List;

/// `agent list`: the agents of a master.
final class AgentList implements Command {
    private static final String ALL = "--all";

    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "list",
                        "Lists the agents of a master.",
                        "",
                        "An agent is connected, away, or revoked or removed, which is for ever. One"
                                + " that is draining, or whose clock is off by more than a minute, gets"
                                + " no work.");
        spec.addOption(Specs.text("EXPR", AgentExec.EXPRESSION, AgentExec.SELECT));
        spec.addOption(Specs.flag("Those too that were revoked or removed.", ALL));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var selector =
                given.has(AgentExec.SELECT)
                        ? Selector.of(given.text(AgentExec.SELECT, "")).text()
                        : "";
        List<AgentSight> agents;
        try (var administration = AgentFamily.open(given)) {
            agents = administration.agents(given.has(ALL), selector);
        }
        if (format == Format.TEXT) {
            given.caller().print(table(agents).lines(ScreenWidth.ofTable(given.caller())));
        } else {
            var rows = agents.stream().map(AgentFamily::document).toList();
            given.caller().out().print(new Document().with("agents", rows).as(format));
        }
        return Exit.OK;
    }

    private static TextTable table(List<AgentSight> agents) {
        var table =
                new TextTable(
                        "NAME", "STATE", "WORK", "SLOTS", "REGION", "TAGS", "LOAD", "SEEN", "HOST");
        for (var agent : agents) {
            boolean known = agent.figures().processors() > 0;
            table.row(
                    agent.name(),
                    agent.state(),
                    agent.work(),
                    Integer.toString(agent.slots()),
                    AgentFamily.orDash(agent.region()),
                    AgentFamily.orDash(String.join(",", agent.tags())),
                    known ? "%.2f".formatted(agent.figures().load()) : "-",
                    TimeText.of(agent.seenAt()),
                    AgentFamily.orDash(agent.host()));
        }
        return table;
    }
}
