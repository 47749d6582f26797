package dev.sloth.core.run;

import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// How the tasks of a workflow without stages should end when nothing stops the run: told again in
/// the plainest way, from the first task to the last. Tasks must stand after what they wait for.
final class NaiveRun {
    private enum End {
        FINE,
        FAILED,
        NEVER
    }

    private final Map<TaskName, End> ends = new HashMap<>();
    private final List<String> statuses = new ArrayList<>();
    private final BiFunction<String, Integer, Outcome.Status> attempts;

    private NaiveRun(BiFunction<String, Integer, Outcome.Status> attempts) {
        this.attempts = attempts;
    }

    /// As [Simulation#statuses].
    static List<String> statuses(
            Workflow workflow, BiFunction<String, Integer, Outcome.Status> attempts) {
        var naive = new NaiveRun(attempts);
        for (var task : workflow.tasks()) {
            naive.statuses.add(task.name() + " " + naive.end(task));
        }
        return naive.statuses;
    }

    private TaskStatus end(Task task) {
        boolean blocked = task.dependsOn().stream().anyMatch(name -> ends.get(name) != End.FINE);
        boolean calm =
                !task.runOnFailureOf().isEmpty()
                        && task.runOnFailureOf().stream()
                                .noneMatch(name -> ends.get(name) == End.FAILED);
        if (blocked || calm) {
            ends.put(task.name(), End.NEVER);
            return TaskStatus.SKIPPED;
        }
        var last = lastAttempt(task);
        // Somebody decides that it failed.
        var status = last == Outcome.Status.UNKNOWN ? TaskStatus.FAILED : TaskStatus.of(last);
        ends.put(task.name(), status.failed() ? End.FAILED : End.FINE);
        return status;
    }

    private Outcome.Status lastAttempt(Task task) {
        int number = 1;
        var status = attempts.apply(task.name().text(), number);
        while (again(task, status) && number <= most(task, status)) {
            number++;
            status = attempts.apply(task.name().text(), number);
        }
        return status;
    }

    private static int most(Task task, Outcome.Status status) {
        int unknown = status == Outcome.Status.UNKNOWN ? RetryPolicy.UNKNOWN_MAX : 0;
        return task.retry().retries() + unknown;
    }

    private static boolean again(Task task, Outcome.Status status) {
        return switch (status) {
            case FAILED -> task.retry().on().contains(RetryPolicy.Reason.FAILED);
            case TIMED_OUT -> task.retry().on().contains(RetryPolicy.Reason.TIMED_OUT);
            case UNKNOWN ->
                    task.idempotent() || task.retry().on().contains(RetryPolicy.Reason.UNKNOWN);
            case SUCCEEDED, SKIPPED, ABORTED, CANCELLED -> false;
        };
    }
}
