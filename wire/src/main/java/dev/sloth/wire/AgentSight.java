package dev.sloth.wire;

import dev.sloth.wire.proto.Agent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An agent as people see it.
///
/// @param state `connected`, `away`, `revoked` or `removed`
/// @param sessionEpoch counts its sessions; 0 before the first
/// @param seenAt when it was last heard of
/// @param work whether it gets any: `ready`, `draining`, `clock off`, or a dash
/// @param clockAhead how far its clock is ahead of the master's; zero when it is right enough
public record AgentSight(
        String id,
        String namespace,
        String name,
        String state,
        List<String> tags,
        String region,
        int slots,
        String version,
        String host,
        String system,
        String address,
        long sessionEpoch,
        Instant joinedAt,
        Instant seenAt,
        Instant certificateUntil,
        Figures figures,
        String work,
        Duration clockAhead) {
    public AgentSight {
        tags = List.copyOf(tags);
    }

    static AgentSight of(Agent agent) {
        return new AgentSight(
                agent.getId(),
                agent.getNamespace(),
                agent.getName(),
                agent.getState(),
                List.copyOf(agent.getTagsList()),
                agent.getRegion(),
                agent.getSlots(),
                agent.getVersion(),
                agent.getHost(),
                agent.getSystem(),
                agent.getAddress(),
                agent.getSessionEpoch(),
                Instant.ofEpochMilli(agent.getJoinedAt()),
                Instant.ofEpochMilli(agent.getSeenAt()),
                Instant.ofEpochMilli(agent.getCertificateUntil()),
                Figures.of(agent.getFigures()),
                agent.getWork(),
                Duration.ofMillis(agent.getClockAheadMillis()));
    }

    public Agent message() {
        return Agent.newBuilder()
                .setId(id)
                .setNamespace(namespace)
                .setName(name)
                .setState(state)
                .addAllTags(tags)
                .setRegion(region)
                .setSlots(slots)
                .setVersion(version)
                .setHost(host)
                .setSystem(system)
                .setAddress(address)
                .setSessionEpoch(sessionEpoch)
                .setJoinedAt(joinedAt.toEpochMilli())
                .setSeenAt(seenAt.toEpochMilli())
                .setCertificateUntil(certificateUntil.toEpochMilli())
                .setFigures(figures.message())
                .setWork(work)
                .setClockAheadMillis(clockAhead.toMillis())
                .build();
    }
}
