package dev.sloth.api.workflow;

/// The id of an attempt: its run, its task, and its number counted from 1. Never used again.
public record AttemptId(RunId run, TaskName task, int number) {
    public AttemptId {
        if (number < 1) {
            throw new IllegalArgumentException("attempts count from 1, was " + number);
        }
    }

    @Override
    public String toString() {
        return run + "/" + task + "/" + number;
    }
}
