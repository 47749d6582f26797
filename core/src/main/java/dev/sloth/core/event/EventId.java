package dev.sloth.core.event;

import java.util.Optional;
import java.util.regex.Pattern;

/// Ids of events: a letter that says where they are kept, and their number there.
sealed interface EventId {
    /// Event `index` of a page of a journal, counted from 0.
    record OfRun(long page, int index) implements EventId {}

    /// A change of shared state.
    record OfState(long number) implements EventId {}

    /// A fact that was told.
    record Told(long number) implements EventId {}

    Pattern TEXT = Pattern.compile("([rse])([0-9]{1,18})(?:-([0-9]{1,9}))?");

    static String run(long page, int index) {
        return "r" + page + "-" + index;
    }

    static String state(long number) {
        return "s" + number;
    }

    static String told(long number) {
        return "e" + number;
    }

    /// Empty when it is none.
    static Optional<EventId> parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches() || match.group(1).equals("r") != (match.group(3) != null)) {
            return Optional.empty();
        }
        long number = Long.parseLong(match.group(2));
        return Optional.of(
                switch (match.group(1)) {
                    case "r" -> new OfRun(number, Integer.parseInt(match.group(3)));
                    case "s" -> new OfState(number);
                    default -> new Told(number);
                });
    }
}
