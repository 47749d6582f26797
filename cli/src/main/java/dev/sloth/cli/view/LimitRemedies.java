package dev.sloth.cli.view;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What to do when an attempt met a limit, by the end of its message. Scripts cannot say it
/// themselves: the words are those of Lua.
final class LimitRemedies {
    private static final List<Remedy> KNOWN =
            List.of(
                    of(
                            ".*not enough memory|script exceeded \\d+ bytes of memory.*",
                            "Keep less at once, or raise script.execute_memory in the"
                                    + " configuration."),
                    of(
                            "script exceeded \\d+ steps",
                            "See that its loops end, or raise script.execute_steps in the"
                                    + " configuration."),
                    of(
                            ".*string length overflow",
                            "See that the string stops growing; write large texts to a file piece by"
                                    + " piece."),
                    of(".*stack overflow", "See that the recursion ends."));

    private record Remedy(Pattern message, String text) {}

    private LimitRemedies() {}

    private static Remedy of(String message, String text) {
        return new Remedy(Pattern.compile(message, Pattern.DOTALL), text);
    }

    /// Empty when the message is about something else.
    static Optional<String> of(String message) {
        return KNOWN.stream()
                .filter(known -> known.message().matcher(message).matches())
                .map(Remedy::text)
                .findFirst();
    }
}
