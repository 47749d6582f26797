package dev.sloth.api.workflow;

/// The name of a task, unique in its workflow.
public record TaskName(String text) implements Comparable<TaskName> {
    public TaskName {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a task needs a name");
        }
    }

    @Override
    public int compareTo(TaskName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
