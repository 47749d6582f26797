package dev.sloth.api.workflow;

/// Whether something happens.
public sealed interface Condition {
    /// No condition was given.
    record None() implements Condition {}

    /// A function of the script: its first result decides.
    record Call(FunctionRef function) implements Condition {}

    /// A line for a shell: exit code 0 means yes.
    record Shell(String line) implements Condition {}

    /// Known before anything runs.
    record Fixed(boolean value) implements Condition {}

    /// A word with a meaning of its own, such as `previous_stage_success`.
    record Named(String word) implements Condition {}
}
