package dev.sloth.lua.lint;

import java.util.Optional;
import java.util.Set;

/// Knows the globals that a script finds and does not define itself.
@FunctionalInterface
public interface GivenNames {
    /// The names of them all; empty when that cannot be told.
    Optional<Set<String>> to(Subject subject);
}
