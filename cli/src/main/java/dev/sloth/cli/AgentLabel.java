package dev.sloth.cli;

import dev.sloth.cli.view.Format;
import dev.sloth.wire.Administration.Labels;

/// `agent label`: what an agent is tagged and where it is.
final class AgentLabel implements Command {
    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "label",
                        "Says what an agent is tagged and where it is, from now on.",
                        "",
                        "What is not given stays; an empty text leaves none.");
        spec.addOption(
                Specs.many(
                        "TAG,...",
                        "All that it is tagged; may be given again.",
                        AgentTokenCreate.TAGS));
        spec.addOption(Specs.text("NAME", "Where it is.", AgentTokenCreate.REGION));
        spec.addPositional(Specs.positionals("NAME", 1, 1, AgentShow.NAME));
        return spec;
    }

    @Override
    public int run(Given given) {
        var labels =
                new Labels(
                        given.has(AgentTokenCreate.TAGS),
                        ClusterWords.tags(given, AgentTokenCreate.TAGS),
                        given.has(AgentTokenCreate.REGION),
                        given.text(AgentTokenCreate.REGION, ""));
        if (!labels.withTags() && !labels.withRegion()) {
            throw StateFamily.wrong("say what to label it", "add --tags TAG,... or --region NAME");
        }
        var format = given.documentFormat();
        try (var administration = AgentFamily.open(given)) {
            var agent = administration.labelAgent(given.positionals().getFirst(), labels);
            if (format == Format.TEXT) {
                given.caller()
                        .print(
                                "%s: tags %s, region %s"
                                        .formatted(
                                                agent.name(),
                                                AgentFamily.orDash(String.join(",", agent.tags())),
                                                AgentFamily.orDash(agent.region())));
            } else {
                given.caller().out().print(AgentFamily.document(agent).as(format));
            }
        }
        return Exit.OK;
    }
}
