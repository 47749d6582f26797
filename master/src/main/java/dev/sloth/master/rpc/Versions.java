package dev.sloth.master.rpc;

import dev.sloth.wire.Protocol;
import dev.sloth.wire.WireProblems;

/// Whether the other side can be understood. Newer ones know to hold back.
final class Versions {
    private Versions() {}

    /// @throws dev.sloth.api.workflow.Problems when it speaks an older protocol than we know
    static void check(int protocol, String version) {
        if (protocol < Protocol.OLDEST) {
            throw WireProblems.of(
                    WireProblems.OTHER_VERSION,
                    "the agent's version %s speaks protocol %d, and this master knows none older than %d"
                            .formatted(
                                    version.isEmpty() ? "(unknown)" : version,
                                    protocol,
                                    Protocol.OLDEST),
                    "install the master's version of sloth-runner on the agent's machine");
        }
    }
}
