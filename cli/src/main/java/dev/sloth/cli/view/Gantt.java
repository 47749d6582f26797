package dev.sloth.cli.view;

import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Timeline.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Draws when the attempts of a run waited and ran: a line for each, to the width of a terminal.
/// The tasks of the critical path are marked, and their bars are solid.
public final class Gantt {
    /// How many attempts are drawn; the rest is counted.
    public static final int ROWS_MAX = 60;

    private static final int WIDTH_MIN = 40;
    private static final int LABEL_MAX = 32;

    /// Enough for `999h59m`.
    private static final int TIME_WIDTH = 7;

    /// Columns of the mark and between the parts of a line.
    private static final int GAPS = 8;

    /// Columns for the beginning of the scale.
    private static final int SCALE_MIN = 3;

    private static final String QUEUED = "\u00b7";
    private static final String RAN = "\u2592";
    private static final String CRITICAL = "\u2588";

    private final Timeline timeline;
    private final Style style;
    private final Set<TaskName> path;
    private final List<Attempt> shown;
    private final int labels;
    private final int bars;

    private Gantt(Timeline timeline, int width, Style style) {
        this.timeline = timeline;
        this.style = style;
        this.path = new HashSet<>(timeline.path());
        this.shown = shown();
        int room = Math.max(WIDTH_MIN, width);
        int longest = shown.stream().mapToInt(a -> Columns.width(label(a))).max().orElse(0);
        this.labels = Math.min(longest, Math.min(LABEL_MAX, room / 3));
        this.bars = room - labels - 2 * TIME_WIDTH - GAPS;
    }

    /// At most [#ROWS_MAX] lines for attempts and a few around them, of at most `width` columns,
    /// but never less than 40. None when nothing was ready to run yet.
    public static List<String> lines(Timeline timeline, int width, Style style) {
        return timeline.attempts().isEmpty()
                ? List.of()
                : new Gantt(timeline, width, style).lines();
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(scale());
        shown.forEach(attempt -> lines.add(line(attempt)));
        int left = timeline.attempts().size() - shown.size();
        if (left > 0) {
            lines.add(style.faint("  ... and " + left + " more attempts"));
        }
        lines.add(
                style.faint(QUEUED + " queued  " + RAN + " ran  " + CRITICAL + " * critical path"));
        return lines;
    }

    /// All that fit: those of the critical path first, then those that took longest.
    private List<Attempt> shown() {
        var all = timeline.attempts();
        if (all.size() <= ROWS_MAX) {
            return all;
        }
        var best =
                all.stream()
                        .sorted(
                                Comparator.comparing((Attempt a) -> !path.contains(a.task()))
                                        .thenComparing(
                                                a -> a.queued().plus(a.ran()),
                                                Comparator.reverseOrder()))
                        .limit(ROWS_MAX)
                        .toList();
        var chosen = new HashSet<>(best);
        return all.stream().filter(chosen::contains).toList();
    }

    private String scale() {
        var end = Took.text(total());
        int room = bars - Columns.width(end);
        // Too narrow for both ends: the times on the right say enough.
        var times = room < SCALE_MIN ? " ".repeat(bars) : Columns.pad("0s", room) + end;
        var head = Columns.pad("", labels + 2) + "  " + times + "  " + " queued" + "  " + "   took";
        return style.faint(head);
    }

    private Duration total() {
        return Duration.between(timeline.from(), end());
    }

    private Instant end() {
        return timeline.until().isAfter(timeline.from()) ? timeline.until() : timeline.from();
    }

    private static String label(Attempt attempt) {
        var name = Columns.tame(attempt.task().text());
        return attempt.number() == 1 ? name : name + " #" + attempt.number();
    }

    private String line(Attempt attempt) {
        boolean critical = path.contains(attempt.task());
        var label = Columns.pad(Columns.cut(label(attempt), labels), labels);
        return (critical ? style.bold("* " + label) : "  " + label)
                + "  "
                + bar(attempt, critical)
                + "  "
                + left(Took.text(attempt.queued()))
                + "  "
                + left(Took.text(attempt.ran()));
    }

    private static String left(String time) {
        return " ".repeat(Math.max(0, TIME_WIDTH - time.length())) + time;
    }

    /// Whatever ran gets a column of its own, however short it was.
    private String bar(Attempt attempt, boolean critical) {
        boolean began = !attempt.status().equals(Timeline.QUEUED);
        int ready = cell(attempt.ready());
        int started =
                began
                        ? Math.max(ready, cell(attempt.started()))
                        : Math.max(ready + 1, edge(attempt.started()));
        int ended = began ? Math.max(started + 1, edge(attempt.ended())) : started;
        return " ".repeat(ready)
                + style.faint(QUEUED.repeat(started - ready))
                + painted((critical ? CRITICAL : RAN).repeat(ended - started), attempt)
                + " ".repeat(bars - ended);
    }

    private String painted(String bar, Attempt attempt) {
        return switch (attempt.status()) {
            case "succeeded" -> style.green(bar);
            case "failed", "timed_out", "aborted", "unknown" -> style.red(bar);
            default -> style.yellow(bar);
        };
    }

    /// The column in which an instant lies.
    private int cell(Instant at) {
        return Math.clamp((long) (share(at) * bars), 0, bars - 1);
    }

    /// The column behind the one in which what ends then is drawn last.
    private int edge(Instant at) {
        return Math.clamp((long) Math.ceil(share(at) * bars), 1, bars);
    }

    private double share(Instant at) {
        double all = total().toNanos();
        return all <= 0 ? 0 : Duration.between(timeline.from(), at).toNanos() / all;
    }
}
