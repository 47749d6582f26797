package dev.sloth.core.run;

/// What came of evaluating a condition.
public sealed interface Answer {
    /// It holds.
    record Yes() implements Answer {}

    /// It does not hold.
    record No() implements Answer {}

    /// It could not be evaluated.
    record Failed(String message) implements Answer {}
}
