package dev.sloth.core.run;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Instant;

/// What happened to a run, told to the engine with the instant at which it happened.
public sealed interface RunInput {
    Instant at();

    /// A user wants a workflow to run.
    ///
    /// @param processors how many tasks run at once when the workflow does not say
    /// @param seed the run's source of chance, for the jitter of retries
    /// @param reuse what is taken over from an earlier run
    /// @param agents whether there are agents to which tasks can be delegated
    record Submit(
            Instant at,
            RunId run,
            Workflow workflow,
            Value values,
            int processors,
            long seed,
            Reuse reuse,
            boolean agents)
            implements RunInput {
        /// Of a run that has nobody to delegate to.
        public Submit(
                Instant at,
                RunId run,
                Workflow workflow,
                Value values,
                int processors,
                long seed,
                Reuse reuse) {
            this(at, run, workflow, values, processors, seed, reuse, false);
        }

        public Submit(
                Instant at, RunId run, Workflow workflow, Value values, int processors, long seed) {
            this(at, run, workflow, values, processors, seed, Reuse.NOTHING);
        }

        public Submit {
            if (processors < 1) {
                throw new IllegalArgumentException("at least one processor, was " + processors);
            }
        }
    }

    /// An attempt that was dispatched has ended, also when it was cancelled.
    record AttemptEnded(Instant at, AttemptId id, Outcome outcome) implements RunInput {}

    /// An agent has done its part of an attempt that goes on.
    record HostEnded(Instant at, AttemptId id, HostShare share) implements RunInput {}

    /// The condition of a stage was evaluated.
    record ConditionAnswered(Instant at, String stage, Answer answer) implements RunInput {}

    /// A function of the workflow has returned, or failed.
    record HookEnded(Instant at, WorkflowHook hook, Outcome outcome) implements RunInput {}

    /// A timer that was asked for is due.
    record TimerFired(Instant at, TimerId timer) implements RunInput {}

    /// Somebody decided about an attempt of which nobody can tell whether it ran.
    record Decided(Instant at, AttemptId id, Ruling ruling, String by) implements RunInput {}

    /// Somebody wants the run to stop; `why` is shown to users.
    record CancelAsked(Instant at, String why) implements RunInput {}
}
