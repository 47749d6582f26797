package dev.sloth.api.event;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A hook that somebody wants to have, before anybody has looked at its file.
///
/// @param name none means the one that the file says, or else that of the file itself
/// @param types patterns of the types that it reacts to; none means those that the file names
///   itself, or all
/// @param condition a Lua expression over `event`; empty when there is none
/// @param description empty means that of the file
/// @param replace whether it may take the place of a hook of its name that has other settings
public record HookWish(
        Optional<String> name,
        Path file,
        List<String> types,
        String condition,
        String description,
        Power power,
        Duration timeout,
        int attempts,
        boolean replace) {
    public static final Duration TIMEOUT = Duration.ofSeconds(30);
    public static final int ATTEMPTS = 5;

    public HookWish {
        types = List.copyOf(types);
    }

    /// Whether it is to be switched on.
    public enum Power {
        ON,
        OFF,
        /// A new one is on; one that is there stays as it is.
        AS_IT_IS
    }
}
