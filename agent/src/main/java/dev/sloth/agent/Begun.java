package dev.sloth.agent;

import dev.sloth.agent.process.OutputPosition;

/// What is known of an attempt that an earlier process had begun.
///
/// @param boot where it began, see [dev.sloth.agent.process.ProcessIdentity#bootHere]
/// @param taken how much of its command's output is safe already: lines before that do not come
///   again, all others do
public record Begun(String boot, OutputPosition taken) {}
