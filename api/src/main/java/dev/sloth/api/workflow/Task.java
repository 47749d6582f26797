package dev.sloth.api.workflow;

import dev.sloth.api.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The unit that is placed and executed.
///
/// @param dependsOn tasks that must have ended well (or been skipped by their own condition) before
/// @param runOnFailureOf this task runs only if one of these failed (`next_if_fail`, seen from the
///   other side); they are waited for like dependencies
/// @param params data given to the command
/// @param timeout of one attempt
/// @param runIf false means skipped, and dependents still run
/// @param abortIf true means the whole run stops as aborted
/// @param user empty means the user we are
/// @param secretEnvironment variables whose values are secrets, by the names that the workflow
///   declares
/// @param artifacts globs, relative to the workdir, of files kept after success
/// @param consumes artifacts of earlier tasks copied into the workdir before
/// @param outputs names of outputs that success must give; empty means any
/// @param stage the stage it belongs to, empty without stages
/// @param extra further fields that are kept and shown but decide nothing yet, by their name in the
///   script: `priority resources percentage duration agent_selector tags version async`
public record Task(
        TaskName name,
        String description,
        Action action,
        List<TaskName> dependsOn,
        List<TaskName> runOnFailureOf,
        Value.Table params,
        Duration timeout,
        RetryPolicy retry,
        Condition runIf,
        Condition abortIf,
        Map<TaskHook, FunctionRef> hooks,
        Workdir workdir,
        String user,
        Map<String, String> environment,
        Map<String, String> secretEnvironment,
        List<String> artifacts,
        List<String> consumes,
        List<String> outputs,
        Placement placement,
        boolean idempotent,
        boolean exclusive,
        String stage,
        Map<String, Value> extra,
        Span at) {

    /// How long one attempt may take unless the task says otherwise.
    public static final Duration TIMEOUT_DEFAULT = Duration.ofMinutes(10);

    /// How long one attempt may be allowed to take.
    public static final Duration TIMEOUT_MAX = Duration.ofDays(30);

    public Task {
        dependsOn = List.copyOf(dependsOn);
        runOnFailureOf = List.copyOf(runOnFailureOf);
        hooks = Map.copyOf(hooks);
        environment = Map.copyOf(environment);
        secretEnvironment = Map.copyOf(secretEnvironment);
        artifacts = List.copyOf(artifacts);
        consumes = List.copyOf(consumes);
        outputs = List.copyOf(outputs);
        extra = Map.copyOf(extra);
        if (!timeout.isPositive() || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "task %s: timeout must be above 0 and at most %s, was %s"
                            .formatted(name, TIMEOUT_MAX, timeout));
        }
    }

    /// The same, to be done somewhere else.
    public Task placed(Placement where) {
        return new Task(
                name,
                description,
                action,
                dependsOn,
                runOnFailureOf,
                params,
                timeout,
                retry,
                runIf,
                abortIf,
                hooks,
                workdir,
                user,
                environment,
                secretEnvironment,
                artifacts,
                consumes,
                outputs,
                where,
                idempotent,
                exclusive,
                stage,
                extra,
                at);
    }

    /// Everything it waits for.
    public Set<TaskName> waitsFor() {
        var all = new java.util.LinkedHashSet<>(dependsOn);
        all.addAll(runOnFailureOf);
        return all;
    }
}
