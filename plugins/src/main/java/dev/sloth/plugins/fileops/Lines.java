package dev.sloth.plugins.fileops;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A text as lines, each with its end.
///
/// @param end how its lines end
record Lines(List<String> all, String end) {
    static Lines of(String text) {
        var all = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int at = text.indexOf('\n', from);
            int to = at < 0 ? text.length() : at + 1;
            all.add(text.substring(from, to));
            from = to;
        }
        boolean windows = !all.isEmpty() && all.getFirst().endsWith("\r\n");
        return new Lines(all, windows ? "\r\n" : "\n");
    }

    String text() {
        return String.join("", all);
    }

    /// A line without its end.
    String bare(int index) {
        return bare(all.get(index));
    }

    private static String bare(String line) {
        int to = line.length();
        if (line.endsWith("\n")) {
            to -= line.endsWith("\r\n") ? 2 : 1;
        }
        return line.substring(0, to);
    }

    /// Where the first line is that fits, or the last one; -1 when none does.
    int find(Predicate<String> fits, boolean first) {
        int found = -1;
        for (int i = 0; i < all.size(); i++) {
            if (fits.test(bare(i))) {
                found = i;
                if (first) {
                    return found;
                }
            }
        }
        return found;
    }

    Lines replaced(int index, String line) {
        var lines = new ArrayList<>(all);
        lines.set(index, line + all.get(index).substring(bare(index).length()));
        return new Lines(lines, end);
    }

    Lines inserted(int index, List<String> more) {
        var lines = new ArrayList<>(all);
        if (index > 0 && index == lines.size() && !lines.getLast().endsWith("\n")) {
            lines.set(index - 1, lines.getLast() + end);
        }
        lines.addAll(index, more.stream().map(line -> line + end).toList());
        return new Lines(lines, end);
    }

    /// Without the lines from one to before another.
    Lines without(int from, int to) {
        var lines = new ArrayList<>(all);
        lines.subList(from, to).clear();
        return new Lines(lines, end);
    }

    Lines without(Predicate<String> fits) {
        return new Lines(all.stream().filter(line -> !fits.test(bare(line))).toList(), end);
    }
}
