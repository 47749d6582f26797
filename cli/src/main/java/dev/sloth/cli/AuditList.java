package dev.sloth.cli;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.wire.AuditSight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// `audit list`: what was done and refused, the newest last.
final class AuditList implements Command {
    private static final String SINCE = "--since";
    private static final String WHO = "--who";
    private static final String OBJECT = "--object";
    private static final String LIMIT = "--limit";
    private static final int LIMIT_DEFAULT = 1_000;
    private static final int LIMIT_MAX = 1_000_000;

    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "list", "Lists what was done and what was refused, the newest last.");
        spec.addOption(Specs.text("DURATION", "Only what is not older, such as 1h.", SINCE));
        spec.addOption(Specs.text("TEXT", "Only of those who have this in their name.", WHO));
        spec.addOption(
                Specs.text(
                        "TEXT", "Only about what has this in its name, such as an agent.", OBJECT));
        spec.addOption(
                Specs.text(
                        "N",
                        "Only the newest so many; %d unless said.".formatted(LIMIT_DEFAULT),
                        LIMIT));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        int limit = ClusterWords.number(given, LIMIT, LIMIT_DEFAULT, 1, LIMIT_MAX);
        var since =
                given.has(SINCE)
                        ? InstantSource.system()
                                .instant()
                                .minus(ClusterWords.time(given, SINCE, Duration.ZERO))
                        : Instant.EPOCH;
        List<AuditSight> entries;
        try (var administration = AgentFamily.open(given)) {
            entries =
                    administration
                            .audit(since, given.text(WHO, ""), given.text(OBJECT, ""), limit)
                            .reversed();
        }
        if (format == Format.TEXT) {
            given.caller().print(table(entries).lines(ScreenWidth.ofTable(given.caller())));
        } else {
            var rows = entries.stream().map(AuditList::document).toList();
            given.caller().out().print(new Document().with("entries", rows).as(format));
        }
        return Exit.OK;
    }

    private static TextTable table(List<AuditSight> entries) {
        var table =
                new TextTable(
                        "TIME", "WHO", "FROM", "WHAT", "OBJECT", "DECISION", "TIMES", "OUTCOME");
        for (var entry : entries) {
            table.row(
                    TimeText.of(entry.at()),
                    who(entry.who()),
                    AgentFamily.orDash(entry.address()),
                    AgentFamily.orDash(entry.what()),
                    AgentFamily.orDash(entry.object()),
                    decision(entry),
                    Long.toString(entry.times()),
                    entry.code().isEmpty()
                            ? entry.outcome()
                            : "%s (%s)".formatted(entry.outcome(), entry.code()));
        }
        return table;
    }

    private static String decision(AuditSight entry) {
        return entry.allowed() ? "allowed" : "refused";
    }

    /// Without what all of one master have in common.
    private static String who(String uri) {
        return uri.replaceFirst("^spiffe://[^/]*/", "");
    }

    private static Document document(AuditSight entry) {
        return new Document()
                .with("number", entry.number())
                .with("time", entry.at().toString())
                .with("who", entry.who())
                .with("address", entry.address())
                .with("what", entry.what())
                .with("object", entry.object())
                .with("decision", decision(entry))
                .with("code", entry.code())
                .with("outcome", entry.outcome())
                .with("times", entry.times());
    }
}
