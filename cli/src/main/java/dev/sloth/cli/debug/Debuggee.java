package dev.sloth.cli.debug;

import dev.sloth.lua.debug.Debugger;
import java.io.PrintStream;
import java.util.function.Consumer;

/// What can be debugged.
@FunctionalInterface
public interface Debuggee {
    /// Makes ready what an editor wants to have run.
    ///
    /// @throws dev.sloth.api.workflow.Problems when that cannot be
    Prepared prepare(Launch launch);

    /// Something that is ready to run.
    interface Prepared {
        /// Where its scripts are.
        Sources sources();

        /// Runs it to its end; gives its exit code.
        ///
        /// @param around what it has for its output, and how it is stopped
        int run(Around around);
    }

    /// What something that runs is given.
    ///
    /// @param debugger by which its scripts are to be compiled
    /// @param stoppable is told how to stop it, as soon as that is known
    record Around(
            Debugger debugger, PrintStream out, PrintStream err, Consumer<Runnable> stoppable) {}
}
