package dev.sloth.core.hook;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.HookWish;
import dev.sloth.core.event.Types;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/// A hook that somebody wants to have.
///
/// @param file the absolute path of its script
/// @param condition a Lua expression over `event`; empty when there is none
public record NewHook(
        String name,
        String file,
        Types types,
        String condition,
        String description,
        boolean enabled,
        Duration timeout,
        int attempts) {
    public static final Duration TIMEOUT = HookWish.TIMEOUT;
    public static final Duration TIMEOUT_MAX = Duration.ofHours(1);
    public static final int ATTEMPTS = HookWish.ATTEMPTS;
    public static final int ATTEMPTS_MAX = 100;
    private static final int TEXT_MAX = 4_096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /// @throws EventRefusal when something of it is wrong
    public NewHook {
        if (!NAME.matcher(name).matches()) {
            throw wrong(
                    "a hook's name has 1 to 128 letters, digits and characters of _ . -, not '"
                            + name.replaceAll("\\p{Cntrl}", "?")
                            + "'");
        }
        if (condition.length() > TEXT_MAX || description.length() > TEXT_MAX) {
            throw wrong("a condition or a description has at most 4096 characters");
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw wrong(
                    "a hook's timeout is from 1ms to 1h, not %s seconds"
                            .formatted(BigDecimal.valueOf(timeout.toMillis(), 3).toPlainString()));
        }
        if (attempts < 1 || attempts > ATTEMPTS_MAX) {
            throw wrong("a delivery is tried 1 to 100 times, not %d".formatted(attempts));
        }
    }

    private static EventRefusal wrong(String message) {
        return new EventRefusal(Reason.UNFIT, message);
    }
}
