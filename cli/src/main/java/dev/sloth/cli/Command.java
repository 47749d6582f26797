package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import java.util.List;

/// One command.
interface Command {
    /// Its name, help and options.
    Spec spec();

    /// Does it and gives the exit code.
    ///
    /// @throws dev.sloth.api.workflow.Problems when what was given cannot be used
    int run(Given given) throws InterruptedException;

    /// Tells programs that what was given cannot be read; people are told by others.
    default void refused(Given given, List<Problem> problems) {}

    /// Commands below it.
    default List<Command> children() {
        return List.of();
    }
}
