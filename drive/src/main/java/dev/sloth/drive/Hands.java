package dev.sloth.drive;

import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import java.util.function.Consumer;

/// Carries out what a run asks for: a port. Every call blocks on a thread of its own until it is
/// done; interrupting that thread ends it early, with everything it has started. Called by several
/// threads at once.
public interface Hands {
    /// Where those who have several agents say what each has done of an attempt that goes on. Told
    /// once, before anything else is asked.
    default void reportTo(Consumer<RunInput.HostEnded> reports) {}

    Outcome attempt(Assignment assignment) throws InterruptedException;

    /// The end of an attempt is kept: what is left of it on this machine may go.
    void settled(AttemptId id);

    /// @param condition a `Call` or a `Shell`
    Answer condition(String stage, Condition condition) throws InterruptedException;

    /// @param success whether the run went well so far
    /// @param soFar what became of its tasks
    Outcome hook(WorkflowHook hook, FunctionRef function, boolean success, RunReport soFar)
            throws InterruptedException;

    /// Hands that can also take up what others left.
    interface Recovering extends Hands {
        /// Goes on with an attempt that was begun by somebody who is gone, as far as that is
        /// possible.
        ///
        /// @param boot where it began, see [dev.sloth.core.store.Owner]
        Outcome recovered(Assignment assignment, String boot);
    }
}
