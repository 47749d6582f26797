package dev.sloth.master.rpc;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.authz.Access;
import dev.sloth.core.security.authz.Role;
import dev.sloth.wire.Identity;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.proto.Permission;
import java.util.Optional;

/// What people may do at this moment, whether they call themselves or something is done for a run
/// that they asked for. Safe for use by many threads.
final class People {
    static final String DENIED = "SLOTH-4713";

    private final String trustDomain;
    private final Access access;

    People(String trustDomain, Access access) {
        this.trustDomain = trustDomain;
        this.access = access;
    }

    /// Why somebody may not do what needs a permission; nothing when they may.
    ///
    /// @param keyHash SHA-256 of the key that they have shown to have
    Optional<Problem> refusal(Permission needed, Identity who, byte[] keyHash) {
        if (!who.trustDomain().equals(trustDomain)) {
            return Optional.of(denied());
        }
        return switch (who) {
            case Identity.Administrator _ -> ofRole(Role.ADMIN, needed);
            case Identity.User user -> {
                try {
                    yield ofRole(access.role(user.name(), keyHash), needed);
                } catch (Problems e) {
                    yield Optional.of(e.list().getFirst());
                }
            }
            case Identity.Agent _, Identity.Master _, Identity.Authority _ -> Optional.of(denied());
        };
    }

    private static Optional<Problem> ofRole(Role role, Permission needed) {
        return Rights.has(role, needed)
                ? Optional.empty()
                : Optional.of(
                        WireProblems.problem(
                                DENIED,
                                "the role '%s' may not do this".formatted(role.word()),
                                "ask an admin, who can give another: `sloth-runner access"
                                        + " change NAME --role ROLE`"));
    }

    static Problem denied() {
        return WireProblems.problem(
                DENIED,
                "whoever holds this certificate, or none, may not do this",
                "use the admin's credentials, which the master made at its first start, or"
                        + " some that an admin gave you");
    }
}
