package dev.sloth.agent;

import dev.sloth.agent.mask.Mask;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.secret.Secret;
import dev.sloth.api.secret.Secrets;
import dev.sloth.api.value.Text;
import dev.sloth.api.workflow.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The secrets of one run, and what keeps them from being seen.
public record RunSecrets(Secrets secrets, Mask mask) {
    /// Of a run without any.
    public static final RunSecrets NONE = new RunSecrets(Secrets.NONE, Mask.NONE);

    /// @throws IllegalArgumentException when they are too many or too long to be hidden
    public static RunSecrets of(Secrets secrets) {
        return secrets.hidden().isEmpty() ? NONE : new RunSecrets(secrets, Mask.of(secrets));
    }

    /// The names of those that are too short to be looked for in what is shown.
    public List<String> unmasked() {
        var names = new ArrayList<String>();
        for (var name : secrets.names()) {
            secrets.named(name)
                    .filter(secret -> secret.length() < Mask.LENGTH_MIN)
                    .ifPresent(_ -> names.add(name));
        }
        return names.stream().sorted().toList();
    }

    /// @throws CallFailure when the workflow declares none of this name
    Text value(String name) {
        return Text.ofBytes(found(name).orElseThrow(() -> undeclared(name)).bytes());
    }

    private Optional<Secret> found(String name) {
        return secrets.named(name);
    }

    private CallFailure undeclared(String name) {
        var names = secrets.names().stream().sorted().toList();
        return new CallFailure(
                "the workflow does not declare the secret '%s' [SLOTH-4509]: %s"
                        .formatted(
                                name,
                                names.isEmpty()
                                        ? "add secrets = { \"" + name + "\" } to it"
                                        : "it declares " + String.join(", ", names)));
    }

    /// What the processes of a task find in their environment.
    Map<String, String> environment(Task task) {
        if (task.secretEnvironment().isEmpty()) {
            return task.environment();
        }
        var all = new HashMap<>(task.environment());
        task.secretEnvironment()
                .forEach((variable, name) ->
                        all.put(variable, new String(value(name).bytes(), StandardCharsets.UTF_8)));
        return all;
    }
}
