package dev.sloth.core.store;

import java.time.Instant;

/// How a run stands, for lists and filters.
///
/// @param status a word such as `running`, `waiting`, `succeeded`
/// @param ended whether nothing more will come of it
/// @param message the first thing that went wrong; empty when nothing did
/// @param at when it changed last
/// @param tasks how many it has
/// @param finished how many of them have ended
/// @param failed how many of those failed
/// @param undecided how many wait for somebody's decision
public record Progress(
        String status,
        boolean ended,
        String message,
        Instant at,
        int tasks,
        int finished,
        int failed,
        int undecided) {}
