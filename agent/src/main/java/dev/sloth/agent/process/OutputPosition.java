package dev.sloth.agent.process;

/// How far the two outputs of a recorded command have been handed on, in bytes from their begin. A
/// position that was reported lies between two lines, so that going on there loses and repeats
/// none.
public record OutputPosition(long stdout, long stderr) {
    public static final OutputPosition BEGIN = new OutputPosition(0, 0);

    public OutputPosition {
        if (stdout < 0 || stderr < 0) {
            throw new IllegalArgumentException("a position cannot be below zero");
        }
    }
}
