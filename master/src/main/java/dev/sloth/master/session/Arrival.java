package dev.sloth.master.session;

import dev.sloth.wire.ClockOffset;
import java.time.Instant;

/// How an agent came.
///
/// @param agent its id
/// @param boot of its machine, other after each start of it
/// @param certificateUntil when the certificate ends that it showed
/// @param clock how far its clock is off
public record Arrival(
        String agent,
        String version,
        String boot,
        String host,
        String system,
        String address,
        int slots,
        Instant certificateUntil,
        ClockOffset clock) {}
