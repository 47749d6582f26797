package dev.sloth.agent;

import dev.sloth.agent.process.OutputPosition;
import dev.sloth.api.workflow.AttemptId;

/// Takes the lines of attempts as they come: one at a time for each attempt, several attempts at
/// once.
@FunctionalInterface
public interface AttemptOutput {
    /// A line without its end. A slow taker slows the attempt down.
    void line(AttemptId attempt, Channel channel, String line);

    /// All lines that the attempt's own command wrote up to here have been handed on: whoever keeps
    /// lines keeps this with them, see [Begun]. Comes on the same thread as the lines before it.
    default void taken(AttemptId attempt, OutputPosition position) {}
}
