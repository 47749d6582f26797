package dev.sloth.core.log;

import dev.sloth.api.workflow.AttemptId;

/// A stored line and its place in the output of its attempt.
///
/// @param number counted from 0
/// @param offset how many bytes of text came before, ends of lines included
public record LoggedLine(AttemptId id, long number, long offset, LogLine line) {}
