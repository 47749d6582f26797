package dev.sloth.core.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// A line that an attempt wrote.
///
/// @param at when it came, in whole microseconds
/// @param channel `out` or `err` for what the task's own command wrote there; `print` or `printerr`
///   for what the script printed, and what processes wrote that it ran; for what was logged the
///   level in capitals: `DEBUG`, `INFO`, `SUCCESS`, `WARN` or `ERROR`
/// @param text without its end; kept as UTF-8, where half a surrogate pair becomes `?`
public record LogLine(Instant at, String channel, String text) {
    /// What the task's own command writes to standard output.
    public static final String OUT = "out";

    /// What the task's own command writes to standard error.
    public static final String ERR = "err";

    /// What the script prints, and what processes that it runs write to standard output.
    public static final String PRINT = "print";

    /// What processes that the script runs write to standard error.
    public static final String PRINT_ERR = "printerr";

    private static final Set<String> UNLOGGED = Set.of(OUT, ERR, PRINT, PRINT_ERR);

    /// How many letters a channel may have.
    public static final int CHANNEL_MAX = 32;

    public LogLine {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (!channel(channel)) {
            throw new IllegalArgumentException("not a channel: '" + channel + "'");
        }
    }

    static boolean channel(String word) {
        return !word.isEmpty()
                && word.length() <= CHANNEL_MAX
                && word.chars().allMatch(c -> (c | ' ') >= 'a' && (c | ' ') <= 'z');
    }

    /// Whether it was logged rather than printed.
    public boolean logged() {
        return !UNLOGGED.contains(channel);
    }

    /// As it is shown: what was logged begins with its level.
    public String shown() {
        return logged() ? channel + " " + text : text;
    }
}
