package dev.sloth.agent;

import dev.sloth.agent.process.ProcessConfig;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/// How attempts are executed here.
///
/// @param agent the name scripts see as `this.agent`
/// @param shell what runs shell lines that name no shell of their own
/// @param hookBudget how long the hooks that follow a stopped attempt may take together
/// @param workflowHookLimit how long a hook of the workflow or a condition of a stage may take
/// @param nudge how soon what does not hear that it is to stop is told again; longer than its
///   processes are given to end, which this would cut short
/// @param stopWait how long a stopped script may take to be gone before we go on without it
/// @param stdoutKept how many bytes of a shell command's stdout become its output `stdout`
/// @param outputsMax how many bytes the outputs of a task may take
/// @param features name to `stable`, `beta` or `off`
public record ExecutorConfig(
        String agent,
        String shell,
        ZoneId zone,
        Duration hookBudget,
        Duration workflowHookLimit,
        Duration nudge,
        Duration stopWait,
        int stdoutKept,
        long outputsMax,
        Map<String, String> features) {
    private static final Duration NUDGE = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(15);

    public ExecutorConfig {
        features = Map.copyOf(features);
    }

    public static ExecutorConfig defaults(String agent, ZoneId zone) {
        return new ExecutorConfig(
                agent,
                java.nio.file.Files.isExecutable(java.nio.file.Path.of("/bin/bash"))
                        ? "/bin/bash"
                        : "/bin/sh",
                zone,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                ProcessConfig.TERM_GRACE_DEFAULT.plus(NUDGE),
                ProcessConfig.TERM_GRACE_DEFAULT.plus(STOP),
                64 << 10,
                64L << 20,
                Map.of());
    }

    public ExecutorConfig hookBudget(Duration budget) {
        return new ExecutorConfig(
                agent,
                shell,
                zone,
                budget,
                workflowHookLimit,
                nudge,
                stopWait,
                stdoutKept,
                outputsMax,
                features);
    }

    /// For processes that may take so long to end.
    public ExecutorConfig killGrace(Duration grace) {
        return new ExecutorConfig(
                agent,
                shell,
                zone,
                hookBudget,
                workflowHookLimit,
                grace.plus(NUDGE),
                grace.plus(STOP),
                stdoutKept,
                outputsMax,
                features);
    }

    public ExecutorConfig features(Map<String, String> switches) {
        return new ExecutorConfig(
                agent,
                shell,
                zone,
                hookBudget,
                workflowHookLimit,
                nudge,
                stopWait,
                stdoutKept,
                outputsMax,
                switches);
    }

    public ExecutorConfig outputsMax(long bytes) {
        return new ExecutorConfig(
                agent,
                shell,
                zone,
                hookBudget,
                workflowHookLimit,
                nudge,
                stopWait,
                stdoutKept,
                bytes,
                features);
    }
}
