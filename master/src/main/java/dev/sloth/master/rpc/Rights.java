package dev.sloth.master.rpc;

import static dev.sloth.wire.proto.Permission.PERMISSION_ACCESS_CHANGE;
import static dev.sloth.wire.proto.Permission.PERMISSION_ACCESS_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_AGENT_CHANGE;
import static dev.sloth.wire.proto.Permission.PERMISSION_AGENT_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_AUDIT_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_CLUSTER_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_COMMAND;
import static dev.sloth.wire.proto.Permission.PERMISSION_HOOK_CHANGE;
import static dev.sloth.wire.proto.Permission.PERMISSION_HOOK_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_RUN_CHANGE;
import static dev.sloth.wire.proto.Permission.PERMISSION_RUN_READ;
import static dev.sloth.wire.proto.Permission.PERMISSION_TOKEN_CHANGE;
import static dev.sloth.wire.proto.Permission.PERMISSION_TOKEN_READ;

import dev.sloth.core.security.authz.Role;
import dev.sloth.wire.proto.Permission;
import java.util.Map;
import java.util.Set;

/// Which roles have which permission. What stands here for nobody, nobody has.
final class Rights {
    private static final Set<Role> ALL = Set.of(Role.ADMIN, Role.OPERATOR, Role.VIEWER);
    private static final Set<Role> THOSE_WHO_WORK = Set.of(Role.ADMIN, Role.OPERATOR);
    private static final Set<Role> ADMINS = Set.of(Role.ADMIN);

    /// docs/cluster.md shows it.
    private static final Map<Permission, Set<Role>> TABLE =
            Map.ofEntries(
                    Map.entry(PERMISSION_AGENT_READ, ALL),
                    Map.entry(PERMISSION_AGENT_CHANGE, THOSE_WHO_WORK),
                    Map.entry(PERMISSION_RUN_READ, ALL),
                    Map.entry(PERMISSION_RUN_CHANGE, THOSE_WHO_WORK),
                    Map.entry(PERMISSION_COMMAND, THOSE_WHO_WORK),
                    Map.entry(PERMISSION_HOOK_READ, THOSE_WHO_WORK),
                    // Hooks are called by the master itself, where the admin's credentials are.
                    Map.entry(PERMISSION_HOOK_CHANGE, ADMINS),
                    Map.entry(PERMISSION_TOKEN_READ, ALL),
                    Map.entry(PERMISSION_TOKEN_CHANGE, ADMINS),
                    Map.entry(PERMISSION_CLUSTER_READ, ALL),
                    Map.entry(PERMISSION_AUDIT_READ, ALL),
                    Map.entry(PERMISSION_ACCESS_READ, ADMINS),
                    Map.entry(PERMISSION_ACCESS_CHANGE, ADMINS));

    private Rights() {}

    static boolean has(Role role, Permission permission) {
        return TABLE.getOrDefault(permission, Set.of()).contains(role);
    }
}
