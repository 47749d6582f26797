package dev.sloth.core.state;

import java.time.Duration;
import java.util.List;

/// Tells a change from all others, for those who ask again when no answer comes: it is done once,
/// however often it is asked for.
///
/// @param asker who asks; nobody else has this name
/// @param number counts up over all that the asker wants to have done, from 1
/// @param heard earlier ones whose answers have come: they need not be given again
public record Request(String asker, long number, List<Long> heard) {
    /// How many of the last requests of an asker are remembered.
    public static final int REMEMBERED_MAX = 256;

    /// For how long they are.
    public static final Duration REMEMBERED = Duration.ofMinutes(15);

    /// How long the name of an asker may be, in characters.
    public static final int ASKER_MAX = 400;

    /// @throws IllegalArgumentException when it is none
    public Request {
        heard = List.copyOf(heard);
        if (asker.isEmpty() || asker.length() > ASKER_MAX || asker.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a request has an asker");
        }
        if (number < 1 || heard.size() > REMEMBERED_MAX) {
            throw new IllegalArgumentException("requests count from 1");
        }
    }
}
