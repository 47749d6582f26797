package dev.sloth.core.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.regex.Pattern;

/// A line that an attempt wrote.
///
/// @param at when it came, in whole microseconds
/// @param channel `out` or `err` for what the task's own command wrote there; `print` or `printerr`
///   for what the script printed, and what processes wrote that it ran; for what was logged the
///   level in capitals: `DEBUG`, `INFO`, `SUCCESS`, `WARN` or `ERROR`. Where an attempt is made on
///   several agents at once, `@` and the name of the agent follow
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

    /// How many letters a channel may have, without an agent.
    public static final int CHANNEL_MAX = 32;

    /// How long the name of an agent may be.
    public static final int AGENT_MAX = 128;

    private static final Pattern CHANNEL =
            Pattern.compile(
                    "[A-Za-z]{1,%d}(@[^@\\s\\p{Cntrl}]{1,%d})?".formatted(CHANNEL_MAX, AGENT_MAX));

    public LogLine {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (!channel(channel)) {
            throw new IllegalArgumentException("not a channel: '" + channel + "'");
        }
    }

    static boolean channel(String word) {
        return CHANNEL.matcher(word).matches();
    }

    private String kind() {
        int at = channel.indexOf('@');
        return at < 0 ? channel : channel.substring(0, at);
    }

    /// The agent, where there are several; empty where there is one.
    public String agent() {
        int at = channel.indexOf('@');
        return at < 0 ? "" : channel.substring(at + 1);
    }

    /// Whether it was logged rather than printed.
    public boolean logged() {
        return !UNLOGGED.contains(kind());
    }

    /// As it is shown: what was logged begins with its level, and before that comes the agent where
    /// there are several.
    public String shown() {
        var line = logged() ? kind() + " " + text : text;
        return agent().isEmpty() ? line : agent() + " | " + line;
    }
}
