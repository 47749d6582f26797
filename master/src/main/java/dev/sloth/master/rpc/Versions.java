package dev.sloth.master.rpc;

import dev.sloth.wire.Protocol;
import dev.sloth.wire.WireProblems;

/// Whether an agent and this master understand each other. The master sees both protocols, so it is
/// the one to say so, to both sides and before anything of the agent's is used up.
final class Versions {
    /// No name of a version is told longer.
    private static final int NAME_MAX = 64;

    private Versions() {}

    /// @param protocol what the agent speaks
    /// @param oldest what it still understands; 0 when it does not say
    /// @param version what it calls itself
    /// @throws dev.sloth.api.workflow.Problems when one of them is too old for the other
    static void check(int protocol, int oldest, String version) {
        if (Integer.compareUnsigned(protocol, Protocol.OLDEST) < 0) {
            throw WireProblems.of(
                    WireProblems.OTHER_VERSION,
                    "the agent's version %s speaks protocol %d, and this master knows none older than %d"
                            .formatted(name(version), protocol, Protocol.OLDEST),
                    "install the master's version of sloth-runner on the agent's machine");
        }
        if (Integer.compareUnsigned(oldest, Protocol.VERSION) > 0) {
            throw WireProblems.of(
                    WireProblems.OTHER_VERSION,
                    "the agent's version %s knows no protocol older than %s, and this master speaks protocol %d"
                            .formatted(
                                    name(version),
                                    Integer.toUnsignedString(oldest),
                                    Protocol.VERSION),
                    "install the agent's version of sloth-runner on the master's machine, or the"
                            + " master's version on the agent's");
        }
    }

    private static String name(String version) {
        if (version.isEmpty()) {
            return "(unknown)";
        }
        return version.length() <= NAME_MAX ? version : version.substring(0, NAME_MAX) + "...";
    }
}
