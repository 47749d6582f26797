package dev.sloth.cli;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.wire.ClusterSight;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// `cluster status`: how a master and its agents do.
final class ClusterStatus implements Command {
    @Override
    public Spec spec() {
        return AgentFamily.child(
                "status",
                "Shows masters, agents by state, whose the shards of the runs are, when"
                        + " certificates end, and what somebody should look at.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        ClusterSight cluster;
        try (var administration = AgentFamily.open(given)) {
            cluster = administration.cluster();
        }
        if (format == Format.TEXT) {
            given.caller().print(table(cluster).lines(0));
            cluster.warnings().forEach(each -> given.caller().print("warning: " + each));
        } else {
            given.caller().out().print(document(cluster).as(format));
        }
        return Exit.OK;
    }

    private static TextTable table(ClusterSight cluster) {
        var table = new TextTable("CLUSTER", cluster.trustDomain());
        for (var master : cluster.masters()) {
            table.row(
                    "master " + master.id(),
                    "%s, %s, start %d"
                            .formatted(
                                    master.url(),
                                    master.alive() ? "alive" : "gone",
                                    master.incarnation()));
        }
        table.row("agents", counts(cluster.agents()));
        table.row("shards", counts(cluster.shards()));
        for (var each : cluster.certificates()) {
            table.row("certificate of " + each.of(), "until " + TimeText.of(each.until()));
        }
        return table;
    }

    private static String counts(SortedMap<String, Integer> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static Document document(ClusterSight cluster) {
        return new Document()
                .with("trust_domain", cluster.trustDomain())
                .with(
                        "masters",
                        cluster.masters().stream()
                                .map(each ->
                                        new Document()
                                                .with("id", each.id())
                                                .with("url", each.url())
                                                .with("incarnation", each.incarnation())
                                                .with("alive", each.alive())
                                                .with("alive_until", each.aliveUntil().toString()))
                                .toList())
                .with("agents", counted(cluster.agents()))
                .with("shards", counted(cluster.shards()))
                .with(
                        "certificates",
                        cluster.certificates().stream()
                                .map(each ->
                                        new Document()
                                                .with("of", each.of())
                                                .with("until", each.until().toString()))
                                .toList())
                .with("warnings", cluster.warnings());
    }

    private static Document counted(Map<String, Integer> counts) {
        var document = new Document();
        for (var each : counts.entrySet()) {
            document = document.with(each.getKey(), each.getValue());
        }
        return document;
    }
}
