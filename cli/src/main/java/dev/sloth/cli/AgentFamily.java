package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.wire.Administration;
import dev.sloth.wire.AgentSight;
import java.time.InstantSource;
import java.util.List;

/// `agent`: starts an agent, and looks after those of a master.
final class AgentFamily implements Command {
    @Override
    public Spec spec() {
        return Specs.command(
                "agent",
                "Starts an agent, and looks after those of a master.",
                "",
                "`agent start` belongs on the machine that is to be an agent; all others ask a"
                        + " master, with the credentials that it made at its first start or some"
                        + " that `access create` gave.",
                "",
                "For example: `sloth-runner agent token create`, then `sloth-runner agent start"
                        + " --master HOST --token TOKEN` on another machine.");
    }

    @Override
    public int run(Given given) {
        throw StateFamily.wrong("say what to do", "try `agent list`");
    }

    @Override
    public List<Command> children() {
        return List.of(
                new AgentStart(),
                new AgentList(),
                new AgentShow(),
                new AgentRun(),
                new AgentExec(),
                new AgentLogs(),
                new AgentLabel(),
                new AgentDrain(true),
                new AgentDrain(false),
                new AgentRemove(),
                new AgentRevoke(),
                new AgentTokenFamily());
    }

    // ---- what the commands below have in common

    static Spec child(String name, String... description) {
        var spec = Specs.command(name, description);
        MasterOptions.add(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    /// To be closed.
    static Administration open(Given given) {
        return Administration.open(
                MasterOptions.address(given),
                MasterOptions.credentials(given),
                InstantSource.system());
    }

    static Document document(AgentSight agent) {
        var figures = agent.figures();
        return new Document()
                .with("name", agent.name())
                .with("id", agent.id())
                .with("namespace", agent.namespace())
                .with("state", agent.state())
                .with("work", agent.work())
                .with("tags", agent.tags())
                .with("region", agent.region())
                .with("slots", agent.slots())
                .with("version", agent.version())
                .with("host", agent.host())
                .with("system", agent.system())
                .with("address", agent.address())
                .with("session", agent.sessionEpoch())
                .with("joined_at", agent.joinedAt().toString())
                .with("seen_at", agent.seenAt().toString())
                .with("certificate_until", agent.certificateUntil().toString())
                .with("clock_ahead_seconds", agent.clockAhead().toMillis() / 1_000.0)
                .with("load", figures.load())
                .with("processors", figures.processors())
                .with("memory_bytes", figures.memoryBytes())
                .with("memory_free_bytes", figures.memoryFreeBytes());
    }

    /// A dash stands for nothing.
    static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
