package dev.sloth.dsl;

import dev.sloth.api.workflow.Workflow;
import dev.sloth.lua.value.Budget;
import java.time.Duration;

/// What a script may use up. Each is set by the configuration key that `key...` names.
///
/// @param defineSteps calls and loop turns while it is read for its definitions
/// @param defineMemoryBytes live memory meanwhile
/// @param defineTime how long that may take, also each time it is loaded to execute a task
/// @param executeSteps calls and loop turns of one attempt
/// @param executeMemoryBytes live memory of one attempt
/// @param totalMemoryBytes live memory of all scripts together that are read or executed at once
/// @param goroutines functions that run beside each other at once, while it is read or in one
///   attempt
/// @param tasks tasks that one workflow may have
public record ScriptLimits(
        long defineSteps,
        long defineMemoryBytes,
        Duration defineTime,
        long executeSteps,
        long executeMemoryBytes,
        long totalMemoryBytes,
        int goroutines,
        int tasks) {
    public static final String KEY_DEFINE_STEPS = "script.define_steps";
    public static final String KEY_DEFINE_MEMORY = "script.define_memory";
    public static final String KEY_DEFINE_TIME = "script.define_time";
    public static final String KEY_TOTAL_MEMORY = "script.total_memory";
    public static final String KEY_GOROUTINES = "script.goroutines";

    public static final long DEFINE_STEPS_DEFAULT = 1_000_000_000L;
    public static final long DEFINE_MEMORY_DEFAULT = 256L << 20;
    public static final Duration DEFINE_TIME_DEFAULT = Duration.ofSeconds(30);
    public static final long EXECUTE_STEPS_DEFAULT = 100_000_000_000L;
    public static final long EXECUTE_MEMORY_DEFAULT = 256L << 20;

    /// Half of the heap: the rest is for what a count of bytes does not see, for all else that the
    /// process does, and for the collector.
    public static final long TOTAL_MEMORY_DEFAULT = Runtime.getRuntime().maxMemory() / 2;

    /// More would be more than the heap bears.
    public static final long TOTAL_MEMORY_MAX = Runtime.getRuntime().maxMemory() / 4 * 3;

    /// Generous enough for any sane script.
    public static final ScriptLimits DEFAULT =
            new ScriptLimits(
                    DEFINE_STEPS_DEFAULT,
                    DEFINE_MEMORY_DEFAULT,
                    DEFINE_TIME_DEFAULT,
                    EXECUTE_STEPS_DEFAULT,
                    EXECUTE_MEMORY_DEFAULT,
                    TOTAL_MEMORY_DEFAULT,
                    Budget.FIBERS_DEFAULT,
                    Workflow.TASKS_MAX);

    public ScriptLimits {
        if (defineSteps <= 0
                || defineMemoryBytes <= 0
                || !defineTime.isPositive()
                || executeSteps <= 0
                || executeMemoryBytes <= 0
                || totalMemoryBytes <= 0
                || goroutines <= 0
                || tasks <= 0) {
            throw new IllegalArgumentException("every limit must be positive");
        }
    }

    /// The same with other limits for defining.
    public ScriptLimits withDefining(long steps, long memoryBytes, Duration time) {
        return new ScriptLimits(
                steps,
                memoryBytes,
                time,
                executeSteps,
                executeMemoryBytes,
                totalMemoryBytes,
                goroutines,
                tasks);
    }

    /// The same with other limits for executing.
    public ScriptLimits withExecuting(long steps, long memoryBytes) {
        return new ScriptLimits(
                defineSteps,
                defineMemoryBytes,
                defineTime,
                steps,
                memoryBytes,
                totalMemoryBytes,
                goroutines,
                tasks);
    }

    public ScriptLimits withTotalMemory(long bytes) {
        return new ScriptLimits(
                defineSteps,
                defineMemoryBytes,
                defineTime,
                executeSteps,
                executeMemoryBytes,
                bytes,
                goroutines,
                tasks);
    }

    public ScriptLimits withGoroutines(int most) {
        return new ScriptLimits(
                defineSteps,
                defineMemoryBytes,
                defineTime,
                executeSteps,
                executeMemoryBytes,
                totalMemoryBytes,
                most,
                tasks);
    }

    public ScriptLimits withTasks(int most) {
        return new ScriptLimits(
                defineSteps,
                defineMemoryBytes,
                defineTime,
                executeSteps,
                executeMemoryBytes,
                totalMemoryBytes,
                goroutines,
                most);
    }
}
