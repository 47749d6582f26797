package dev.sloth.agent.spool;

import java.time.Instant;

/// A line that an attempt wrote.
///
/// @param at in whole microseconds
/// @param channel where it came from, in the words of whoever brought it
/// @param text without its end
public record Line(Instant at, String channel, String text) {}
