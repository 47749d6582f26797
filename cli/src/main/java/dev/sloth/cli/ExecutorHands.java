package dev.sloth.cli;

import dev.sloth.agent.Channel;
import dev.sloth.agent.Job;
import dev.sloth.agent.RunScript;
import dev.sloth.agent.TaskExecutor;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.RunReport;
import dev.sloth.drive.Hands;
import dev.sloth.drive.HookArguments;
import dev.sloth.drive.RunListener;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// Lets a run in this process execute its attempts with the task executor that agents use too.
final class ExecutorHands implements Hands.Recovering {
    private final TaskExecutor executor;
    private final RunScript run;
    private final RunListener listener;
    private final RunLog log;

    ExecutorHands(TaskExecutor executor, RunScript run, RunListener listener, RunLog log) {
        this.log = log;
        this.executor = executor;
        this.run = run;
        this.listener = listener;
    }

    /// A line as it is shown: what was logged begins with its level.
    static String line(Channel channel, String line) {
        return switch (channel) {
            case Channel.Stream _, Channel.Command _ -> line;
            case Channel.Log(var level) -> level + " " + line;
        };
    }

    @Override
    public Outcome attempt(Assignment assignment) throws InterruptedException {
        try {
            return executor.execute(new Job(assignment, run), this::line);
        } finally {
            log.flush(assignment.id());
        }
    }

    @Override
    public Outcome recovered(Assignment assignment, String boot) {
        log.reread(assignment.id());
        try {
            return executor.recover(new Job(assignment, run), boot, this::line);
        } finally {
            log.flush(assignment.id());
        }
    }

    private void line(AttemptId id, Channel channel, String text) {
        if (log.add(id, channel, text)) {
            listener.line(id, line(channel, text));
        }
    }

    @Override
    public void settled(AttemptId id) {
        try {
            executor.forget(run, id);
        } catch (IOException e) {
            listener.note(
                    "what was recorded of " + id + " cannot be removed: " + FileTrouble.words(e));
        }
    }

    @Override
    public Answer condition(String stage, Condition condition) {
        var id = beside(TaskName.ofCondition(stage));
        var outcome =
                noted(
                        id,
                        () ->
                                executor.evaluateCondition(
                                        run, id, condition, List.of(), this::note));
        return switch (outcome.status()) {
            case SUCCEEDED -> new Answer.Yes();
            case SKIPPED -> new Answer.No();
            case FAILED, TIMED_OUT, CANCELLED, ABORTED, UNKNOWN ->
                    new Answer.Failed(outcome.message());
        };
    }

    @Override
    public Outcome hook(WorkflowHook hook, FunctionRef function, boolean success, RunReport soFar) {
        var arguments = HookArguments.of(hook, success, soFar);
        var id = beside(TaskName.of(hook));
        return noted(id, () -> executor.callWorkflowHook(run, id, function, arguments, this::note));
    }

    private AttemptId beside(TaskName name) {
        return new AttemptId(run.id(), name, 1);
    }

    /// What it prints is kept when it is done.
    private Outcome noted(AttemptId id, Supplier<Outcome> work) {
        try {
            return work.get();
        } finally {
            log.flush(id);
        }
    }

    private void note(AttemptId id, Channel channel, String text) {
        log.add(id, channel, text);
        listener.note("[" + id.task() + "] " + line(channel, text));
    }
}
