package dev.sloth.cli;

import java.util.List;

/// One command.
interface Command {
    /// Its name, help and options.
    Spec spec();

    /// Does it and gives the exit code.
    ///
    /// @throws dev.sloth.api.workflow.Problems when what was given cannot be used
    int run(Given given) throws InterruptedException;

    /// Whether its answer is a document for each line rather than one.
    default boolean answersByLine() {
        return false;
    }

    /// Commands below it.
    default List<Command> children() {
        return List.of();
    }
}
