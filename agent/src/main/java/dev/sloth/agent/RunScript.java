package dev.sloth.agent;

import dev.sloth.api.plugin.Permission;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.RunId;
import dev.sloth.dsl.Source;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What all attempts of one run share.
///
/// @param permissions as the workflow has them: by name, absent means yes
/// @param secrets what the workflow declares, by name
/// @param folder where the run keeps its files: work folders that are nobody's else, below `work`
public record RunScript(
        RunId id,
        Source source,
        Value values,
        String workflow,
        Map<String, Boolean> permissions,
        RunSecrets secrets,
        Path folder) {
    public RunScript {
        permissions = Map.copyOf(permissions);
    }

    /// Of a workflow that declares no secrets.
    public RunScript(
            RunId id,
            Source source,
            Value values,
            String workflow,
            Map<String, Boolean> permissions,
            Path folder) {
        this(id, source, values, workflow, permissions, RunSecrets.NONE, folder);
    }

    Masking masking() {
        return new Masking(secrets.mask());
    }

    Set<Permission> granted() {
        return Arrays.stream(Permission.values())
                .filter(p -> permissions.getOrDefault(p.name().toLowerCase(Locale.ROOT), true))
                .collect(Collectors.toUnmodifiableSet());
    }
}
