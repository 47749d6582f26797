package dev.sloth.core.store.state;

import java.time.Instant;

/// One who waits for a lock.
///
/// @param number in the order of coming; 0 while it has none
/// @param until when it counts unless it is heard of again
public record StateWaiter(
        long number, String space, String name, String holder, Instant since, Instant until) {}
