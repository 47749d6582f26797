package dev.sloth.wire;

import dev.sloth.wire.proto.CommandWanted;
import java.time.Duration;
import java.util.List;

/// A command that somebody wants agents to do.
///
/// @param run the id of the run that it is to be
/// @param agent the name of the only one that is meant; empty when a selector says who is
/// @param words a program and what it is given
/// @param shell whether they are a line for a shell instead
/// @param timeout of each agent
public record AgentCommand(
        String run,
        String agent,
        String selector,
        List<String> words,
        boolean shell,
        Duration timeout) {
    public AgentCommand {
        words = List.copyOf(words);
    }

    CommandWanted message() {
        return CommandWanted.newBuilder()
                .setRun(run)
                .setAgent(agent)
                .setSelector(selector)
                .addAllWords(words)
                .setShell(shell)
                .setTimeoutMillis(timeout.toMillis())
                .build();
    }
}
