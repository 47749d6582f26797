package dev.sloth.cli.view;

import dev.sloth.cli.view.TaskView.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The picture of a run that goes on: a heading, and a line for each task as far as they fit.
public final class LiveView {
    private static final int NAME_WIDTH_MAX = 40;
    private static final int TIME_WIDTH = 8;
    private static final int HEIGHT_MIN = 4;

    private LiveView() {}

    /// At most `height` lines of at most `width` columns.
    public static List<String> lines(
            String workflow,
            List<TaskView> tasks,
            Duration running,
            Instant now,
            int width,
            int height,
            Style style) {
        var lines = new ArrayList<String>();
        lines.add(heading(workflow, tasks, running, width, style));
        int room = Math.max(HEIGHT_MIN, height) - 1;
        var shown = tasks.size() <= room ? tasks : chosen(tasks, room - 1);
        int names = shown.stream().mapToInt(t -> Columns.width(t.name())).max().orElse(0);
        for (var task : shown) {
            lines.add(line(task, Math.min(names, NAME_WIDTH_MAX), now, width, style));
        }
        if (shown.size() < tasks.size()) {
            lines.add(style.faint(Columns.cut(rest(tasks, shown), width)));
        }
        return lines;
    }

    private static String heading(
            String workflow, List<TaskView> tasks, Duration running, int width, Style style) {
        var text = workflow + "  " + counts(tasks) + "  " + Took.text(running);
        return style.bold(Columns.cut(text, width));
    }

    /// Such as `3 of 10 done, 1 failed, 2 running`.
    static String counts(List<TaskView> tasks) {
        var by = new EnumMap<Phase, Long>(Phase.class);
        tasks.forEach(task -> by.merge(task.phase(), 1L, Long::sum));
        long over = tasks.stream().filter(task -> task.phase().over()).count();
        var rest =
                by.entrySet().stream()
                        .filter(e -> e.getKey() != Phase.SUCCEEDED && e.getKey() != Phase.WAITING)
                        .map(e -> ", " + e.getValue() + " " + words(e.getKey()))
                        .collect(Collectors.joining());
        return over + " of " + tasks.size() + " done" + rest;
    }

    private static String words(Phase phase) {
        return switch (phase) {
            case RETRYING -> "to be tried again";
            case APPROVAL -> "waiting for approval";
            case UNDECIDED -> "waiting for a decision";
            case TIMED_OUT -> "timed out";
            case WAITING, RUNNING, SUCCEEDED, FAILED, CANCELLED, SKIPPED, ABORTED, UNKNOWN ->
                    phase.word();
        };
    }

    /// The most telling ones, in the order of the script: what runs, what went wrong, what comes
    /// next, what ended last.
    private static List<TaskView> chosen(List<TaskView> tasks, int room) {
        var best =
                tasks.stream()
                        .sorted(
                                Comparator.comparingInt((TaskView t) -> rank(t.phase()))
                                        .thenComparing(TaskView::since, Comparator.reverseOrder()))
                        .limit(room)
                        .collect(Collectors.toCollection(HashSet::new));
        return tasks.stream().filter(best::contains).toList();
    }

    private static int rank(Phase phase) {
        return switch (phase) {
            case RUNNING -> 0;
            case APPROVAL, UNDECIDED, RETRYING -> 1;
            case FAILED, TIMED_OUT, ABORTED, UNKNOWN -> 2;
            case WAITING -> 3;
            case SUCCEEDED, CANCELLED, SKIPPED -> 4;
        };
    }

    private static String rest(List<TaskView> tasks, List<TaskView> shown) {
        var seen = new HashSet<>(shown);
        Map<Phase, Long> by = new EnumMap<>(Phase.class);
        tasks.stream()
                .filter(t -> !seen.contains(t))
                .forEach(t -> by.merge(t.phase(), 1L, Long::sum));
        return "  ... "
                + by.entrySet().stream()
                        .map(e -> e.getValue() + " more " + words(e.getKey()))
                        .collect(Collectors.joining(", "));
    }

    private static String line(TaskView task, int names, Instant now, int width, Style style) {
        var time = Columns.pad(time(task, now), TIME_WIDTH);
        var tries = task.attempt() > 1 ? "attempt " + task.attempt() + "  " : "";
        var name = Columns.pad(Columns.cut(task.name(), names), names);
        var text = name + "  " + time + tries + Columns.tame(detail(task));
        return "  "
                + mark(task.phase(), style)
                + " "
                + Columns.cut(text, width - 4).stripTrailing();
    }

    /// While it runs, its last line of output says more than nothing.
    private static String detail(TaskView task) {
        return switch (task.phase()) {
            case RUNNING -> task.tail().isEmpty() ? "" : task.tail().getLast();
            case RETRYING -> "will be tried again: " + task.message();
            case APPROVAL -> "waits for approval";
            case UNDECIDED -> "nobody can tell whether it ran: waits for `runs decide`";
            case WAITING -> "";
            case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, SKIPPED, ABORTED, UNKNOWN ->
                    task.message();
        };
    }

    private static String time(TaskView task, Instant now) {
        return switch (task.phase()) {
            case RUNNING -> Took.text(Duration.between(task.since(), now));
            case WAITING, APPROVAL, UNDECIDED, SKIPPED -> "";
            case RETRYING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, ABORTED, UNKNOWN ->
                    task.attempt() == 0 ? "" : Took.text(task.took());
        };
    }

    private static String mark(Phase phase, Style style) {
        return switch (phase) {
            case WAITING -> style.faint("\u00b7");
            case RUNNING -> style.cyan("\u25b6");
            case RETRYING, APPROVAL, UNDECIDED -> style.yellow("\u2026");
            case SUCCEEDED -> style.green("\u2714");
            case FAILED, TIMED_OUT, ABORTED, UNKNOWN -> style.red("\u2718");
            case CANCELLED, SKIPPED -> style.faint("-");
        };
    }
}
