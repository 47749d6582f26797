package dev.sloth.wire;

import dev.sloth.wire.proto.CertificateEnd;
import dev.sloth.wire.proto.Cluster;
import dev.sloth.wire.proto.MasterState;
import dev.sloth.wire.proto.ShardOwner;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// All of a cluster at a glance.
///
/// @param agents how many are in each state
/// @param shards how many each master owns
/// @param warnings what somebody should look at
public record ClusterSight(
        String trustDomain,
        List<Master> masters,
        SortedMap<String, Integer> agents,
        SortedMap<String, Integer> shards,
        List<Certificate> certificates,
        List<String> warnings) {
    public ClusterSight {
        masters = List.copyOf(masters);
        agents = new TreeMap<>(agents);
        shards = new TreeMap<>(shards);
        certificates = List.copyOf(certificates);
        warnings = List.copyOf(warnings);
    }

    /// @param incarnation counts its starts
    /// @param aliveUntil until when others take it to be alive
    public record Master(
            String id, String url, long incarnation, Instant aliveUntil, boolean alive) {}

    /// When the certificate of somebody ends.
    public record Certificate(String of, Instant until) {}

    static ClusterSight of(Cluster cluster) {
        var shards = new TreeMap<String, Integer>();
        cluster.getShardsList().forEach(each -> shards.put(each.getMaster(), each.getShards()));
        return new ClusterSight(
                cluster.getTrustDomain(),
                cluster.getMastersList().stream()
                        .map(each ->
                                new Master(
                                        each.getId(),
                                        each.getUrl(),
                                        each.getIncarnation(),
                                        Instant.ofEpochMilli(each.getAliveUntil()),
                                        each.getAlive()))
                        .toList(),
                new TreeMap<>(cluster.getAgentsMap()),
                shards,
                cluster.getCertificatesList().stream()
                        .map(each ->
                                new Certificate(
                                        each.getOf(), Instant.ofEpochMilli(each.getUntil())))
                        .toList(),
                List.copyOf(cluster.getWarningsList()));
    }

    public Cluster message() {
        var message =
                Cluster.newBuilder()
                        .setTrustDomain(trustDomain)
                        .putAllAgents(agents)
                        .addAllWarnings(warnings);
        masters.forEach(each -> message.addMasters(state(each)));
        shards.forEach((master, count) ->
                message.addShards(ShardOwner.newBuilder().setMaster(master).setShards(count)));
        certificates.forEach(each ->
                message.addCertificates(
                        CertificateEnd.newBuilder()
                                .setOf(each.of())
                                .setUntil(each.until().toEpochMilli())));
        return message.build();
    }

    private static MasterState state(Master master) {
        return MasterState.newBuilder()
                .setId(master.id())
                .setUrl(master.url())
                .setIncarnation(master.incarnation())
                .setAliveUntil(master.aliveUntil().toEpochMilli())
                .setAlive(master.alive())
                .build();
    }
}
