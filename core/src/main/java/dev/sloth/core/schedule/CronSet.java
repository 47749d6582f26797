package dev.sloth.core.schedule;

import dev.sloth.api.workflow.Problem;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/// Reads one field as a set of numbers: lists of values, ranges and steps.
final class CronSet {
    private static final Pattern STEPS = Pattern.compile("([^/]*)/([^/]*)");
    private static final Pattern RANGE = Pattern.compile("([^-]+)-([^-]+)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private final CronText.Part part;
    private final List<Problem> problems;
    private final BitSet set = new BitSet();

    CronSet(CronText.Part part, List<Problem> problems) {
        this.part = part;
        this.problems = problems;
    }

    static BitSet range(int low, int high, int step) {
        var set = new BitSet();
        for (int i = low; i <= high; i += step) {
            set.set(i);
        }
        return set;
    }

    BitSet read() {
        for (var item : part.text().split(",", -1)) {
            item(item);
        }
        return set;
    }

    BitSet taken() {
        return set;
    }

    /// One item of a list.
    void item(String item) {
        var steps = STEPS.matcher(item);
        if (!steps.matches()) {
            span(item, 1, false);
            return;
        }
        int width = part.field().max() - part.field().min() + 1;
        int step = NUMBER.matcher(steps.group(2)).matches() ? Integer.parseInt(steps.group(2)) : 0;
        if (step < 1 || step > width) {
            wrong(
                    "has the step '%s'".formatted(steps.group(2)),
                    "a step is a whole number from 1 to %d, such as */5".formatted(width));
            return;
        }
        span(steps.group(1), step, true);
    }

    /// @param open whether a single value means all from there on
    private void span(String text, int step, boolean open) {
        var field = part.field();
        if (text.equals("*") || text.equals("?")) {
            set.or(range(field.min(), highest(), step));
            return;
        }
        var range = RANGE.matcher(text);
        if (range.matches()) {
            between(value(range.group(1)), value(range.group(2)), step, text);
            return;
        }
        int value = value(text);
        if (value >= 0) {
            set.or(range(value, open ? Math.max(value, highest()) : value, step));
        }
    }

    /// Sunday is there once.
    private int highest() {
        return part.field() == CronField.WEEK ? part.field().max() - 1 : part.field().max();
    }

    private void between(int low, int high, int step, String text) {
        if (low < 0 || high < 0) {
            return;
        }
        if (low <= high) {
            set.or(range(low, high, step));
        } else if (part.field() == CronField.WEEK) {
            // over the weekend: FRI-MON
            for (int day = low; day <= high + 7; day += step) {
                set.set(day % 7);
            }
        } else {
            wrong(
                    "has the range '%s', which ends before it begins".formatted(text),
                    "write it as two: %d-%d,%d-%d"
                            .formatted(low, highest(), part.field().min(), high));
        }
    }

    /// -1 when it is none, which is noted.
    int value(String text) {
        var field = part.field();
        int named = field.named(text);
        if (named >= 0) {
            return named;
        }
        if (NUMBER.matcher(text).matches()) {
            int value = Integer.parseInt(text);
            if (value >= field.min() && value <= field.max()) {
                return value;
            }
            wrong(
                    text.equals(part.text())
                            ? "is out of range"
                            : "has '%s', which is out of range".formatted(text),
                    "");
            return -1;
        }
        wrong(
                text.isEmpty()
                        ? "has an empty place in it"
                        : text.equals(part.text())
                                ? "cannot be read"
                                : "has '%s', which cannot be read".formatted(text),
                "");
        return -1;
    }

    private void wrong(String what, String remedy) {
        problems.add(part.wrong(what, remedy));
    }
}
