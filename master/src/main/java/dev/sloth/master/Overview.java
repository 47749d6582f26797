package dev.sloth.master;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.core.store.cluster.AccessRow;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.MasterRow;
import dev.sloth.core.store.cluster.ShardRow;
import dev.sloth.master.authority.Authority;
import dev.sloth.master.session.Roster;
import dev.sloth.wire.AgentSight;
import dev.sloth.wire.ClockOffset;
import dev.sloth.wire.ClusterSight;
import dev.sloth.wire.ClusterSight.Certificate;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.LiveCredentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/// How all of a cluster stands, and what somebody should look at.
final class Overview implements Supplier<ClusterSight> {
    /// An agent's certificate that has less than this part of its life left was not renewed in
    /// time.
    private static final int LATE_PART = 10;

    private static final Duration AUTHORITY_SOON = Duration.ofDays(180);
    private static final Duration PEOPLE_SOON = Duration.ofDays(7);

    /// Of the life of somebody's access, which must be left at most too: what was given for an hour
    /// is not about to end because it does so within the week. Certificates are renewed then.
    private static final int PEOPLE_PART = 3;

    /// The agents whose certificates end first; more are only counted.
    private static final int CERTIFICATES_MAX = 5;

    /// More are only counted.
    private static final int WARNINGS_MAX = 50;

    private final ClusterStore store;
    private final Roster roster;
    private final Authority authority;
    private final LiveCredentials own;
    private final CredentialsFile administrator;
    private final InstantSource time;

    Overview(
            ClusterStore store,
            Roster roster,
            Authority authority,
            LiveCredentials own,
            CredentialsFile administrator,
            InstantSource time) {
        this.store = store;
        this.roster = roster;
        this.authority = authority;
        this.own = own;
        this.administrator = administrator;
        this.time = time;
    }

    /// What the store says at one moment.
    private record Kept(List<MasterRow> masters, List<ShardRow> shards, List<AccessRow> access) {
        static Kept of(ClusterTables tables) {
            return new Kept(tables.masters(), tables.shards(), tables.access());
        }
    }

    @Override
    public ClusterSight get() {
        var now = time.instant();
        var kept = store.read(Kept::of);
        var agents = roster.all(false);
        var states = new TreeMap<String, Integer>();
        agents.forEach(agent -> states.merge(word(agent), 1, Integer::sum));
        var shards = new TreeMap<String, Integer>();
        kept.shards().forEach(shard -> shards.merge(shard.owner(), 1, Integer::sum));
        var masters =
                kept.masters().stream()
                        .map(row ->
                                new ClusterSight.Master(
                                        row.id(),
                                        row.url(),
                                        row.incarnation(),
                                        row.expires(),
                                        row.expires().isAfter(now)))
                        .toList();
        return new ClusterSight(
                authority.trustDomain(),
                masters,
                states,
                shards,
                certificates(agents),
                warnings(masters, agents, kept.access(), now));
    }

    /// Why an agent gets no work counts more than that it is connected.
    private static String word(AgentSight agent) {
        return agent.state().equals("connected") && !agent.work().equals("ready")
                ? agent.work()
                : agent.state();
    }

    private List<Certificate> certificates(List<AgentSight> agents) {
        var ends = new ArrayList<Certificate>();
        ends.add(new Certificate("authority", authority.until()));
        ends.add(new Certificate("master", own.now().until()));
        administrator
                .credentials()
                .map(Credentials::until)
                .ifPresent(until -> ends.add(new Certificate("admin", until)));
        var sorted =
                agents.stream().sorted(Comparator.comparing(AgentSight::certificateUntil)).toList();
        sorted.stream()
                .limit(CERTIFICATES_MAX)
                .map(each -> new Certificate("agent " + each.name(), each.certificateUntil()))
                .forEach(ends::add);
        int more = sorted.size() - CERTIFICATES_MAX;
        if (more > 0) {
            var next = sorted.get(CERTIFICATES_MAX).certificateUntil();
            ends.add(
                    new Certificate("%d more agent%s".formatted(more, more == 1 ? "" : "s"), next));
        }
        return ends;
    }

    private List<String> warnings(
            List<ClusterSight.Master> masters,
            List<AgentSight> agents,
            List<AccessRow> access,
            Instant now) {
        var all = new ArrayList<String>();
        if (authority.until().isBefore(now.plus(AUTHORITY_SOON))) {
            all.add("the certificate of the authority ends at " + TimeText.of(authority.until()));
        }
        for (var master : masters) {
            if (!master.alive()) {
                all.add(
                        "the master %s is gone since %s"
                                .formatted(master.id(), TimeText.of(master.aliveUntil())));
            }
        }
        agents.forEach(agent -> warn(agent, now, all));
        for (var row : access) {
            if (row.isNamed() && endsSoon(row, now)) {
                all.add(
                        "the access of %s ends at %s"
                                .formatted(row.name(), TimeText.of(row.expiresAt())));
            }
        }
        int more = all.size() - WARNINGS_MAX;
        if (more <= 0) {
            return all;
        }
        var first = new ArrayList<>(all.subList(0, WARNINGS_MAX));
        first.add("and %d more".formatted(more));
        return first;
    }

    private static boolean endsSoon(AccessRow row, Instant now) {
        var left = Duration.between(now, row.expiresAt());
        var life = Duration.between(row.madeAt(), row.expiresAt());
        return left.isPositive()
                && left.compareTo(PEOPLE_SOON) < 0
                && left.compareTo(life.dividedBy(PEOPLE_PART)) < 0;
    }

    private void warn(AgentSight agent, Instant now, List<String> all) {
        if (!agent.clockAhead().isZero()) {
            all.add(
                    "the clock of agent %s is %s"
                            .formatted(agent.name(), new ClockOffset(agent.clockAhead())));
        }
        var late = Duration.between(now, authority.agentUntil()).dividedBy(LATE_PART);
        if (!agent.certificateUntil().isAfter(now)) {
            all.add(
                    "the certificate of agent %s is over since %s: it must join again"
                            .formatted(agent.name(), TimeText.of(agent.certificateUntil())));
        } else if (agent.certificateUntil().isBefore(now.plus(late))) {
            all.add(
                    "the certificate of agent %s was not renewed and ends at %s"
                            .formatted(agent.name(), TimeText.of(agent.certificateUntil())));
        }
    }
}
