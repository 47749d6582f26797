package dev.sloth.api.workflow;

import java.util.List;

/// What a task does.
public sealed interface Action {
    /// A function of the script, called with `(this, params, inputs)`.
    record Call(FunctionRef function) implements Action {}

    /// A line for a shell; empty `shell` means the default one.
    record Shell(String line, String shell) implements Action {}

    /// A program and its arguments, run without a shell.
    record Argv(List<String> words) implements Action {
        public Argv {
            words = List.copyOf(words);
        }
    }

    /// Nothing: the task only waits for others.
    record Nothing() implements Action {}
}
