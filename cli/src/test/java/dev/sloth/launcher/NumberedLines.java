package dev.sloth.launcher;

import java.util.List;
import java.util.Optional;

/// What is wrong with the log of one who printed `line 1`, `line 2` and so on.
final class NumberedLines {
    private static final String LOST = "[some output is missing here: it could not be written]";

    /// Whether lines may be missing.
    enum Disk {
        /// Whoever says so is wrong.
        WITH_ROOM,

        /// Where it is said, and nowhere else.
        FULL
    }

    private final List<String> lines;
    private final Disk disk;
    private int last;
    private boolean gap;

    private NumberedLines(List<String> lines, Disk disk) {
        this.lines = lines;
        this.disk = disk;
    }

    /// @return what is wrong with the lines of one who may have been cut short
    static Optional<String> fault(List<String> lines, Disk disk) {
        return new NumberedLines(lines, disk).fault();
    }

    /// @return what is wrong with the lines of one who has printed so many
    static Optional<String> fault(List<String> lines, Disk disk, int printed) {
        var numbered = new NumberedLines(lines, disk);
        return numbered.fault().or(() -> numbered.missing(printed));
    }

    private Optional<String> fault() {
        for (int i = 0; i < lines.size(); i++) {
            if (!follows(i)) {
                return Optional.of("'%s' after line %d of %s".formatted(lines.get(i), last, lines));
            }
        }
        return Optional.empty();
    }

    private boolean follows(int index) {
        var line = lines.get(index);
        if (line.equals(LOST)) {
            gap = disk == Disk.FULL;
            return gap;
        }
        // What was cut short, and the end of a line before the notice.
        if (index + 1 < lines.size() && lines.get(index + 1).equals(LOST)) {
            if (!line.equals(numbered(last + 1)) && numbered(last + 1).startsWith(line)) {
                return true;
            }
        }
        int number = gap ? Math.max(number(line), last + 1) : last + 1;
        if (!line.equals(numbered(number))) {
            return false;
        }
        gap = false;
        last = number;
        return true;
    }

    private Optional<String> missing(int printed) {
        return last == printed || (gap && last < printed)
                ? Optional.empty()
                : Optional.of("%d lines instead of %d: %s".formatted(last, printed, lines));
    }

    private static String numbered(int number) {
        return "line " + number;
    }

    private static int number(String line) {
        return line.matches("line [1-9][0-9]{0,3}") ? Integer.parseInt(line.substring(5)) : 0;
    }
}
