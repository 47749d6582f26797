package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.time.Duration;

/// `agent token create`: makes a token.
final class AgentTokenCreate implements Command {
    static final String TAGS = "--tags";
    static final String REGION = "--region";

    private static final String TTL = "--ttl";
    private static final String USES = "--uses";
    private static final Duration TTL_DEFAULT = Duration.ofHours(1);
    private static final int USES_MAX = 100_000;

    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "create",
                        "Makes a token that an agent can join with, and shows it.",
                        "",
                        "It is shown this once; nobody keeps it. Tags and a region that are given"
                                + " here count for whoever joins with it, whatever they say"
                                + " themselves.");
        spec.addOption(
                Specs.many("TAG,...", "What the agents are tagged; may be given again.", TAGS));
        spec.addOption(Specs.text("NAME", "Where the agents are.", REGION));
        spec.addOption(Specs.text("DURATION", "How long it holds; 1h unless said.", TTL));
        spec.addOption(Specs.text("N", "How many agents may join with it; 1 unless said.", USES));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var ttl = ClusterWords.time(given, TTL, TTL_DEFAULT);
        int uses = ClusterWords.number(given, USES, 1, 1, USES_MAX);
        try (var administration = AgentFamily.open(given)) {
            var made =
                    administration.createToken(
                            ClusterWords.tags(given, TAGS), given.text(REGION, ""), ttl, uses);
            if (format == Format.TEXT) {
                given.caller().print(made.text());
            } else {
                given.caller()
                        .out()
                        .print(
                                new Document()
                                        .with("token", made.text())
                                        .with("of", AgentTokenFamily.document(made.token()))
                                        .as(format));
            }
        }
        return Exit.OK;
    }
}
