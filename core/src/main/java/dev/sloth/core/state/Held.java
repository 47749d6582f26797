package dev.sloth.core.state;

import dev.sloth.api.value.Value;
import dev.sloth.core.store.state.StateEntry;
import java.time.Duration;
import java.util.Optional;

/// A key and all that it holds, to be taken elsewhere.
///
/// @param value of a list its items and of a set its members as a list, of a hash its fields as a
///   table
/// @param ttl how long it has left; empty for ever
public record Held(String key, StateEntry.Kind kind, Value value, Optional<Duration> ttl) {}
