package dev.sloth.master.rpc;

import static dev.sloth.wire.proto.Permission.PERMISSION_ACCESS_CHANGE;
import static dev.sloth.wire.proto.Permission.PERMISSION_ACCESS_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_AGENT_CHANGE;
import static dev.sloth.wire.proto.Permission.PERMISSION_AGENT_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_AUDIT_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_CLUSTER_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_TOKEN_CHANGE;
import static dev.sloth.wire.proto.Permission.PERMISSION_TOKEN_READ;

import dev.sloth.core.security.authz.Role;
import dev.sloth.wire.proto.Permission;
import java.util.Map;
import java.util.Set;

/// Which roles have which permission. What stands here for nobody, nobody has.
final class Rights {
    private static final Set<Role> ALL = Set.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.VIEWER);

    /// docs/cluster.md shows it.
    private static final Map<Permission, Set<Role>> TABLE =
            Map.of(
                    PERMISSION_AGENT_READ,
                    ALL,
                    PERMISSION_AGENT_CHANGE,
                    Set.of(Role.ADMINISTRATOR, Role.OPERATOR),
                    PERMISSION_TOKEN_READ,
                    ALL,
                    PERMISSION_TOKEN_CHANGE,
                    Set.of(Role.ADMINISTRATOR),
                    PERMISSION_CLUSTER_READ,
                    ALL,
                    PERMISSION_AUDIT_READ,
                    ALL,
                    PERMISSION_ACCESS_READ,
                    Set.of(Role.ADMINISTRATOR),
                    PERMISSION_ACCESS_CHANGE,
                    Set.of(Role.ADMINISTRATOR));

    private Rights() {}

    static boolean has(Role role, Permission permission) {
        return TABLE.getOrDefault(permission, Set.of()).contains(role);
    }
}
