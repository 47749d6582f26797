package dev.sloth.drive;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.core.run.RunEvent;

/// Is told what goes on in a run. Must not throw, and should not take long.
public interface RunListener {
    /// Something was decided, and is kept: a task is ready (`TaskReady`), an attempt starts
    /// (`AttemptAssigned`) or ends, the run ends. Called on the run's own thread, in order.
    void event(RunEvent event);

    /// An attempt printed or logged a line. Called on any thread.
    void line(AttemptId attempt, String line);

    /// A hook or a condition of the workflow printed or logged a line. Called on any thread.
    void note(String line);
}
