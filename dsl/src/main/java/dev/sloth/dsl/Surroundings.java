package dev.sloth.dsl;

import dev.sloth.api.event.Events;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.Value;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What a script finds around it: this differs between reading its definitions, executing its
/// tasks, and tests. Called from any thread that runs the script.
public interface Surroundings {
    /// How the names of variables begin that hold keys of secrets.
    List<String> KEYS_OF_SECRETS = List.of("SLOTH_SECRETS_", "SOPS_AGE_KEY", "VAULT_");

    /// Where relative paths start.
    Path folder();

    /// Comes before the script's first deed or look outside of itself; not before it logs or prints
    /// only.
    ///
    /// @throws CallFailure when it must not go there
    default void goesOut() {}

    void log(Host.Level level, String message, Map<String, Value> fields);

    /// A line of the script's output, without its end.
    void print(String line);

    /// A line that the script wrote to `io.stderr`, without its end: shown as what it prints unless
    /// there is a better place.
    default void printError(String line) {
        print(line);
    }

    Processes processes();

    /// The state that scripts share.
    SharedState state();

    /// Where the script says what happened.
    Events events();

    /// The value of a secret that the workflow declares.
    ///
    /// @throws CallFailure when there is none of this name
    default Value secret(String name) {
        throw new CallFailure(
                "secrets are for the tasks of a workflow that declares them: '%s' cannot be read here"
                        .formatted(name));
    }

    /// Whether a secret is declared, but is not there.
    default boolean lacks(String name) {
        return false;
    }

    /// Who the script is to others.
    String self();

    InstantSource time();

    ZoneId zone();

    RandomGenerator random();

    /// Feature switches: name to `stable`, `beta` or `off`.
    Map<String, String> features();

    /// Switches a beta feature on.
    void enable(String feature);

    /// What the script may do beyond computing.
    Set<Permission> granted();

    /// What `os.getenv` knows: the environment of this process unless said otherwise, but for what
    /// opens the secrets.
    default Map<String, String> environment() {
        var all = new HashMap<>(System.getenv());
        all.keySet().removeIf(name -> KEYS_OF_SECRETS.stream().anyMatch(name::startsWith));
        return all;
    }
}
