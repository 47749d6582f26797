package dev.sloth.core.store.cluster;

import java.time.Instant;

/// The last session of an agent.
///
/// @param epoch grows with each session of the agent, from 1
/// @param boot of the agent's machine, other after each start of it
/// @param address where it called from
public record SessionRow(
        String agent,
        String master,
        long epoch,
        String boot,
        String version,
        String host,
        String system,
        String address,
        int slots,
        Instant connectedAt) {}
