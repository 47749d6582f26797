package dev.sloth.wire;

import dev.sloth.wire.proto.AgentLine;
import dev.sloth.wire.proto.AgentLines;
import java.time.Instant;
import java.util.List;

/// What an agent itself has told lately.
///
/// @param beganAt when the process began that numbers the lines
/// @param lines the first of those that were asked for and are still known
public record RecentLines(Instant beganAt, List<Line> lines) {
    /// How many are told at once.
    public static final int TOLD_MAX = 200;

    /// How many letters of one are told.
    public static final int LENGTH_MAX = 1_000;

    public RecentLines {
        lines = List.copyOf(lines);
    }

    /// @param number counted from 1 by the process of the agent
    public record Line(long number, Instant at, String text) {}

    /// From a message, of which nobody knows who made it.
    public static RecentLines of(AgentLines message) {
        return new RecentLines(
                Instant.ofEpochMilli(message.getBeganAt()),
                message.getLinesList().stream()
                        .limit(TOLD_MAX)
                        .map(line ->
                                new Line(
                                        line.getNumber(),
                                        Instant.ofEpochMilli(line.getAt()),
                                        cut(line.getText())))
                        .toList());
    }

    /// No more of a line than is told.
    public static String cut(String text) {
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX);
    }

    /// @param question that it answers; 0 when it is known
    public AgentLines message(long question) {
        var message =
                AgentLines.newBuilder().setQuestion(question).setBeganAt(beganAt.toEpochMilli());
        for (var line : lines) {
            message.addLines(
                    AgentLine.newBuilder()
                            .setNumber(line.number())
                            .setAt(line.at().toEpochMilli())
                            .setText(line.text()));
        }
        return message.build();
    }
}
