package dev.sloth.drive;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.RunReport;

/// The hands of a simulated process. What they begin goes on in virtual time, so they answer
/// [#BEGUN] at once and the process waits for the rest.
final class SimulatedHands implements Hands.Recovering {
    /// No attempt that is played ends with an outcome equal to this one.
    static final Outcome BEGUN = Outcome.succeeded("goes on", new DataTable(), true);

    private final SimulatedOwner process;
    private final PlayedAttempts attempts;
    private final DurableJudge judge;

    SimulatedHands(SimulatedOwner process, PlayedAttempts attempts, DurableJudge judge) {
        this.process = process;
        this.attempts = attempts;
        this.judge = judge;
    }

    @Override
    public Outcome attempt(Assignment assignment) {
        attempts.execute(assignment.id(), process);
        return BEGUN;
    }

    /// A command can be found again where it began, or kept from ever beginning; a function is
    /// lost.
    @Override
    public Outcome recovered(Assignment assignment, String boot) {
        var id = assignment.id();
        boolean here = boot.equals(process.boot());
        var known = attempts.find(id);
        if (!attempts.command(id) || !here) {
            known.filter(_ -> here).ifPresent(PlayedAttempts.Play::lose);
            return Outcome.ended(Outcome.Status.UNKNOWN, "nobody can tell");
        }
        if (known.isEmpty()) {
            attempts.execute(id, process);
        }
        return BEGUN;
    }

    @Override
    public void settled(AttemptId id) {}

    @Override
    public Answer condition(String stage, Condition condition) {
        return attempts.answer(stage);
    }

    @Override
    public Outcome hook(WorkflowHook hook, FunctionRef function, boolean success, RunReport soFar) {
        judge.calls(hook);
        return Outcome.succeeded("", new DataTable(), true);
    }
}
