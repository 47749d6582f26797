package dev.sloth.core.run;

import dev.sloth.api.workflow.Outcome;
import java.time.Instant;

/// Where one task stands.
///
/// @param attempts how many were given out
/// @param needs how many of `dependsOn` have not ended
/// @param watched how many of `runOnFailureOf` have not ended
/// @param triggered whether one of `runOnFailureOf` failed
/// @param blockedBy the number of the task whose failure keeps this one from starting, or -1
/// @param last what the last attempt ended with
/// @param message why it ended as it did
/// @param due when the next attempt may start, while it is to be tried again
public record TaskState(
        TaskStatus status,
        int attempts,
        int needs,
        int watched,
        boolean triggered,
        int blockedBy,
        Outcome last,
        String message,
        Instant startedAt,
        Instant endedAt,
        Instant due) {
    static final int NOBODY = -1;

    static TaskState waiting(int needs, int watched, Outcome none) {
        return new TaskState(
                TaskStatus.WAITING,
                0,
                needs,
                watched,
                false,
                NOBODY,
                none,
                "",
                RunReport.NOT_YET,
                RunReport.NOT_YET,
                RunReport.NOT_YET);
    }

    TaskState with(TaskStatus now) {
        return new TaskState(
                now, attempts, needs, watched, triggered, blockedBy, last, message, startedAt,
                endedAt, due);
    }

    TaskState assigned(int number, Instant at) {
        return new TaskState(
                TaskStatus.RUNNING,
                number,
                needs,
                watched,
                triggered,
                blockedBy,
                last,
                message,
                attempts == 0 ? at : startedAt,
                endedAt,
                due);
    }

    TaskState attempted(Outcome outcome) {
        return new TaskState(
                TaskStatus.RETRYING,
                attempts,
                needs,
                watched,
                triggered,
                blockedBy,
                outcome,
                outcome.message(),
                startedAt,
                endedAt,
                due);
    }

    /// The next attempt has a time.
    TaskState dueAt(Instant next) {
        return new TaskState(
                status, attempts, needs, watched, triggered, blockedBy, last, message, startedAt,
                endedAt, next);
    }

    /// Somebody decided about the last attempt.
    TaskState ruled(Ruling ruling, String by) {
        var outcome =
                switch (ruling) {
                    case Ruling.Succeeded(var outputs) ->
                            Outcome.succeeded("decided by " + by, outputs, true);
                    case Ruling.Failed() ->
                            Outcome.ended(Outcome.Status.FAILED, "decided by " + by);
                    case Ruling.Again() -> last;
                };
        return attempted(outcome);
    }

    /// An earlier run's outcome stands for it.
    TaskState reused(Outcome outcome, Instant at) {
        return new TaskState(
                TaskStatus.SUCCEEDED,
                attempts,
                needs,
                watched,
                triggered,
                blockedBy,
                outcome,
                outcome.message(),
                startedAt,
                at,
                RunReport.NOT_YET);
    }

    TaskState ended(TaskStatus as, String why, Instant at) {
        return new TaskState(
                as,
                attempts,
                needs,
                watched,
                triggered,
                blockedBy,
                last,
                why,
                startedAt,
                at,
                RunReport.NOT_YET);
    }

    /// One of `dependsOn` has ended; `blocker` is who is to blame, or nobody.
    TaskState needed(int blocker) {
        return new TaskState(
                status,
                attempts,
                needs - 1,
                watched,
                triggered,
                blockedBy == NOBODY ? blocker : blockedBy,
                last,
                message,
                startedAt,
                endedAt,
                due);
    }

    /// One of `runOnFailureOf` has ended.
    TaskState watched(boolean failed) {
        return new TaskState(
                status,
                attempts,
                needs,
                watched - 1,
                triggered || failed,
                blockedBy,
                last,
                message,
                startedAt,
                endedAt,
                due);
    }
}
