package dev.sloth.agent;

import dev.sloth.api.workflow.AttemptId;

/// Takes the lines of attempts as they come: one at a time for each attempt, several attempts at
/// once.
@FunctionalInterface
public interface AttemptOutput {
    /// A line without its end. A slow taker slows the attempt down.
    void line(AttemptId attempt, Channel channel, String line);
}
