package dev.sloth.core.run;

/// Everything that is known of a run at one moment. Immutable; equal states are equal values.
public sealed interface RunState permits RunState.Unsubmitted, LiveRun {
    RunStatus status();

    /// Before its submission.
    record Unsubmitted() implements RunState {
        @Override
        public RunStatus status() {
            return RunStatus.RUNNING;
        }
    }
}
