package dev.sloth.api.event;

import dev.sloth.api.event.EventRefusal.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Something that is looked at again and again, and whose changes are events.
///
/// @param name tells it from the others; made of what is watched when nobody gave one
/// @param target what is watched: a path, the name of a process, a port, a command; empty for the
///   machine as a whole
/// @param when the changes that are told of: words that depend on the kind
/// @param interval how often it is looked at; files that the system tells of are also looked at
///   then
/// @param options what else the kind knows, by name
public record Watcher(
        String name,
        Kind kind,
        String target,
        List<String> when,
        Duration interval,
        Map<String, String> options) {
    /// How long a name may be, in characters.
    public static final int NAME_MAX = 200;

    public static final Duration INTERVAL_MIN = Duration.ofMillis(100);
    public static final Duration INTERVAL_MAX = Duration.ofDays(1);

    /// What can be watched, and which changes of it there are.
    public enum Kind {
        FILE,
        PROCESS,
        PORT,
        SERVICE,
        CPU,
        MEMORY,
        CUSTOM;

        public List<String> changes() {
            return switch (this) {
                case FILE -> List.of("created", "changed", "deleted");
                case PROCESS -> List.of("started", "stopped");
                case PORT -> List.of("opened", "closed");
                case SERVICE -> List.of("started", "stopped", "failed");
                case CPU, MEMORY -> List.of("above", "below");
                case CUSTOM -> List.of("changed", "failed", "recovered");
            };
        }

        /// The types of the events that its changes are.
        public List<String> types() {
            return switch (this) {
                case FILE -> List.of("file.created", "file.modified", "file.deleted");
                case PROCESS, PORT, SERVICE, CUSTOM ->
                        changes().stream().map(change -> word() + "." + change).toList();
                case CPU, MEMORY ->
                        List.of(
                                "system.%s_high".formatted(word()),
                                "system.%s_low".formatted(word()));
            };
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @throws EventRefusal when something of it is wrong
    public Watcher {
        when = List.copyOf(when);
        options = Map.copyOf(options);
        if (name.isEmpty()
                || name.length() > NAME_MAX
                || name.chars().anyMatch(Character::isISOControl)) {
            throw wrong("a watcher's name has 1 to %d characters".formatted(NAME_MAX));
        }
        for (var change : when) {
            if (!kind.changes().contains(change)) {
                throw wrong(
                        "a %s watcher does not know when = '%s': it can be %s"
                                .formatted(kind.word(), change, String.join(", ", kind.changes())));
            }
        }
        if (when.isEmpty()) {
            throw wrong("say when to tell: one or more of " + String.join(", ", kind.changes()));
        }
        if (interval.compareTo(INTERVAL_MIN) < 0 || interval.compareTo(INTERVAL_MAX) > 0) {
            throw wrong("an interval is from 100ms to 1d");
        }
    }

    private static EventRefusal wrong(String message) {
        return new EventRefusal(Reason.WRONG, message);
    }
}
