package dev.sloth.core.state;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/// What may be a key, the name of a lock, or a time to live.
final class Names {
    /// The order of names in the store, which is that of their bytes in UTF-8. Texts are compared
    /// by halves of characters otherwise, which puts U+1F9A5 before U+FF5E.
    static final Comparator<String> BY_BYTES =
            Comparator.comparing(
                    name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private Names() {}

    /// @param what it is, for messages
    static void check(String what, String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0) {
            throw wrong("%s must not be empty".formatted(what));
        }
        if (length > StateLimits.KEY_MAX) {
            throw wrong(
                    "%s has at most %d bytes, this one has %d"
                            .formatted(what, StateLimits.KEY_MAX, length));
        }
        if (name.indexOf('\0') >= 0) {
            throw wrong("%s has no NUL byte in it".formatted(what));
        }
    }

    /// As the setting state.namespace.
    static void namespace(String space) {
        check("a namespace", space);
        if (space.isBlank() || space.chars().anyMatch(Character::isISOControl)) {
            throw wrong("a namespace is a name, without control characters");
        }
    }

    static void key(String key) {
        check("a key", key);
    }

    static void lock(String name) {
        check("the name of a lock", name);
    }

    /// When something ends that begins now; [Instant#MAX] for never.
    static Instant end(Instant now, Optional<Duration> ttl) {
        return ttl.map(time -> end(now, time)).orElse(Instant.MAX);
    }

    static Instant end(Instant now, Duration ttl) {
        if (!ttl.isPositive() || ttl.compareTo(StateLimits.TTL_MAX) > 0) {
            throw wrong(
                    "a time to live is more than 0 and at most %d days, not %s seconds"
                            .formatted(StateLimits.TTL_MAX.toDays(), seconds(ttl)));
        }
        return now.plus(ttl);
    }

    /// Also of one that has more milliseconds than can be counted.
    private static String seconds(Duration ttl) {
        return BigDecimal.valueOf(ttl.toSeconds())
                .add(BigDecimal.valueOf(ttl.toNanosPart(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    static StateRefusal wrong(String message) {
        return new StateRefusal(Reason.WRONG, message);
    }
}
