package dev.sloth.api.workflow;

import java.util.Locale;

/// The name of a task, unique in its workflow. What a run does beside its tasks has such names too,
/// which no task of a script can have: what it printed is kept under them.
public record TaskName(String text) implements Comparable<TaskName> {
    /// Names of scripts hold neither control characters nor slashes.
    private static final String BESIDE = "\u0001";

    private static final char KIND = '/';

    public TaskName {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a task needs a name");
        }
    }

    /// Of a hook of the workflow; people call it as scripts do.
    public static TaskName of(WorkflowHook hook) {
        return new TaskName(BESIDE + hook.name().toLowerCase(Locale.ROOT));
    }

    /// Of the condition of a stage; people call it by the stage.
    public static TaskName ofCondition(String stage) {
        return new TaskName(BESIDE + "condition" + KIND + stage);
    }

    /// Of the function that says on which agents a task is done; people call it by the task.
    public static TaskName ofPlacing(TaskName task) {
        return new TaskName(BESIDE + "placing" + KIND + task.text);
    }

    /// Whether it is no task.
    public boolean isBeside() {
        return text.startsWith(BESIDE);
    }

    @Override
    public int compareTo(TaskName other) {
        return text.compareTo(other.text);
    }

    /// What people call it, which need not be unique.
    @Override
    public String toString() {
        return isBeside()
                ? text.substring(Math.max(BESIDE.length(), text.lastIndexOf(KIND) + 1))
                : text;
    }
}
