package dev.sloth.core.log;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Which lines are wanted: all conditions together.
///
/// @param tasks empty means any
/// @param attempt its number; 0 means any
/// @param fromLine in each attempt, lines from this number on, counted from 0
/// @param fromOffset in each attempt, lines that start at this offset or later
/// @param since lines that came at or after; [Instant#MIN] means any
/// @param grep what lines must have in them
/// @param last only so many of those that are there at first; what comes later is not counted. 0
///   means all
public record LogQuery(
        Set<TaskName> tasks,
        int attempt,
        long fromLine,
        long fromOffset,
        Instant since,
        Optional<Grep> grep,
        int last) {
    /// The largest number of last lines.
    public static final int LAST_MAX = 100_000;

    /// Everything.
    public static final LogQuery ALL =
            new LogQuery(Set.of(), 0, 0, 0, Instant.MIN, Optional.empty(), 0);

    public LogQuery {
        tasks = Set.copyOf(tasks);
        if (attempt < 0 || fromLine < 0 || fromOffset < 0) {
            throw new IllegalArgumentException("attempts, lines and offsets are not negative");
        }
        if (last < 0 || last > LAST_MAX) {
            throw new IllegalArgumentException(
                    "at most the last %d lines, not %d".formatted(LAST_MAX, last));
        }
    }

    public LogQuery ofTasks(Set<TaskName> wanted) {
        return new LogQuery(wanted, attempt, fromLine, fromOffset, since, grep, last);
    }

    public LogQuery ofAttempt(int wanted) {
        return new LogQuery(tasks, wanted, fromLine, fromOffset, since, grep, last);
    }

    public LogQuery fromLine(long number) {
        return new LogQuery(tasks, attempt, number, fromOffset, since, grep, last);
    }

    public LogQuery fromOffset(long bytes) {
        return new LogQuery(tasks, attempt, fromLine, bytes, since, grep, last);
    }

    public LogQuery since(Instant instant) {
        return new LogQuery(tasks, attempt, fromLine, fromOffset, instant, grep, last);
    }

    public LogQuery grep(Grep wanted) {
        return new LogQuery(tasks, attempt, fromLine, fromOffset, since, Optional.of(wanted), last);
    }

    public LogQuery last(int lines) {
        return new LogQuery(tasks, attempt, fromLine, fromOffset, since, grep, lines);
    }

    boolean wants(AttemptId id) {
        return (tasks.isEmpty() || tasks.contains(id.task()))
                && (attempt == 0 || attempt == id.number());
    }

    boolean wants(LoggedLine logged) {
        return logged.number() >= fromLine
                && logged.offset() >= fromOffset
                && !logged.line().at().isBefore(since)
                && (grep.isEmpty() || grep.get().finds(logged.line().text()));
    }
}
