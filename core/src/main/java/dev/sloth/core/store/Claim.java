package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;

/// The right to write to a run, until somebody takes a later one: the number is checked in every
/// write.
///
/// @param epoch counted from 1, one more each time the run changes hands
public record Claim(RunId run, long epoch) {}
