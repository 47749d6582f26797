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
///
/// @param missing declared ones that could not be found, and why: only a run that is being ended
///   goes without them
/// @param knowsEarlier whether the mask knows all that earlier processes gave to this run; when it
///   does not, what their commands print is withheld
public record RunSecrets(
        Secrets secrets, Mask mask, Map<String, String> missing, boolean knowsEarlier) {
    /// Of a run without any.
    public static final RunSecrets NONE = new RunSecrets(Secrets.NONE, Mask.NONE, Map.of(), true);

    public RunSecrets {
        missing = Map.copyOf(missing);
    }

    /// All that a run was ever given.
    ///
    /// @throws IllegalArgumentException when they are too many or too long to be hidden
    public static RunSecrets of(Secrets secrets) {
        return secrets.hidden().isEmpty()
                ? NONE
                : new RunSecrets(secrets, Mask.of(secrets), Map.of(), true);
    }

    /// The same of a run of which nobody knows what earlier processes gave to it.
    public RunSecrets withoutEarlier() {
        return new RunSecrets(secrets, mask, missing, false);
    }

    /// The same without these, which could not be found.
    ///
    /// @param why by name
    public RunSecrets without(Map<String, String> why) {
        return new RunSecrets(secrets, mask, why, knowsEarlier);
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

    /// @throws CallFailure when the workflow declares none of this name, or it is missing
    Text value(String name) {
        return Text.ofBytes(found(name).orElseThrow(() -> absent(name)).bytes());
    }

    private Optional<Secret> found(String name) {
        return secrets.named(name);
    }

    private CallFailure absent(String name) {
        var why = missing.get(name);
        return why == null
                ? undeclared(name)
                : new CallFailure("the secret '%s' is missing: %s".formatted(name, why));
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
    ///
    /// @throws CallFailure when a secret in it is missing
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

    /// What a task's functions find there: variables whose secret is missing are not.
    Map<String, String> knownEnvironment(Task task) {
        var all = new HashMap<>(task.environment());
        task.secretEnvironment()
                .forEach((variable, name) ->
                        found(name)
                                .ifPresent(secret ->
                                        all.put(
                                                variable,
                                                new String(
                                                        secret.bytes(), StandardCharsets.UTF_8))));
        return all;
    }
}
