package dev.sloth.agent.work;

import dev.sloth.agent.AttemptOutput;
import dev.sloth.agent.Channel;
import dev.sloth.agent.Job;
import dev.sloth.agent.Reread;
import dev.sloth.agent.RunScript;
import dev.sloth.agent.TaskExecutor;
import dev.sloth.agent.spool.LogSpool;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.codec.AssignmentFormat;
import dev.sloth.codec.DamagedDocument;
import dev.sloth.codec.ValueFormat;
import dev.sloth.wire.WorkOrder;
import dev.sloth.wire.WorkOrder.Work;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/// Does one order.
///
/// @param boot of the machine when the order was accepted
record Performance(
        String id,
        WorkOrder order,
        String boot,
        Material material,
        LogSpool spool,
        InstantSource time,
        TaskExecutor executor) {

    /// Whether it does no harm when it is done again, elsewhere.
    boolean isRepeatable() {
        return switch (order.work()) {
            case Work.Attempt(var assignment) -> {
                try {
                    yield AssignmentFormat.read(assignment).task().idempotent();
                } catch (DamagedDocument _) {
                    // Nothing is done of it, and that is told when it is tried.
                    yield false;
                }
            }
            case Work.Asked _, Work.Hook _, Work.Placing _ -> true;
        };
    }

    /// What comes of it. When the thread is interrupted, that is CANCELLED.
    Outcome first() {
        return guarded(() -> {
            var run = material.of(id, order);
            return switch (order.work()) {
                case Work.Attempt(var assignment) ->
                        executor.execute(new Job(assignment(assignment), run), output());
                case Work.Asked _, Work.Hook _, Work.Placing _ -> beside(run);
            };
        });
    }

    /// What comes of it when an earlier process had begun it. What is asked beside the tasks and
    /// may be asked again is; a hook that had begun is not called again.
    Outcome again() {
        return guarded(() -> {
            var run = material.of(id, order);
            return switch (order.work()) {
                case Work.Attempt(var assignment) -> {
                    var job = new Job(assignment(assignment), run);
                    yield executor.recover(job, boot, reread());
                }
                case Work.Hook _ ->
                        Outcome.ended(
                                Status.UNKNOWN,
                                "it had begun when the agent ended; nobody can tell how far it came");
                case Work.Asked _, Work.Placing _ -> beside(run);
            };
        });
    }

    /// What is left of it here may go.
    void forget() throws IOException {
        if (order.work() instanceof Work.Attempt(var assignment)) {
            try {
                var run = material.of(id, order);
                executor.forget(run, assignment(assignment).id());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Assignment assignment(byte[] document) {
        return AssignmentFormat.read(document);
    }

    @FunctionalInterface
    private interface Doing {
        Outcome act() throws IOException, InterruptedException;
    }

    private static Outcome guarded(Doing doing) {
        try {
            return doing.act();
        } catch (InterruptedException _) {
            return Outcome.ended(Status.CANCELLED, "cancelled before it began");
        } catch (Problems e) {
            var problem = e.list().getFirst();
            return failed("%s [%s]".formatted(problem.message(), problem.code()));
        } catch (DamagedDocument e) {
            return failed("the agent cannot read what is to be done: " + e.getMessage());
        } catch (IOException e) {
            return failed("the agent cannot do it: " + FileTrouble.words(e));
        }
    }

    private static Outcome failed(String message) {
        return Outcome.failed(message, Outcome.Failure.NONE);
    }

    private Outcome beside(RunScript run) {
        return switch (order.work()) {
            case Work.Asked(var name, var condition) ->
                    executor.evaluateCondition(run, outside(name), condition, List.of(), output());
            case Work.Hook(var name, var function, var arguments) ->
                    executor.callWorkflowHook(
                            run, outside(name), function, values(arguments), output());
            case Work.Placing(var name, var function) ->
                    executor.placement(run, outside(name), function, output());
            case Work.Attempt _ -> throw new IllegalStateException("an attempt is not beside");
        };
    }

    /// Only for messages, as in a local run.
    private AttemptId outside(String name) {
        return new AttemptId(new RunId(order.run()), new TaskName(name), 1);
    }

    private static List<Value> values(List<byte[]> documents) {
        return documents.stream().map(ValueFormat::read).toList();
    }

    private AttemptOutput output() {
        return (_, channel, line) -> add(channel, line);
    }

    /// The output of its command comes again from its start.
    private AttemptOutput reread() {
        var known = new Reread(spool.counts(id));
        return (_, channel, line) -> {
            if (!(channel instanceof Channel.Command) || known.fresh(channel.word())) {
                add(channel, line);
            }
        };
    }

    private void add(Channel channel, String line) {
        var _ = spool.add(id, channel.word(), time.instant(), line);
    }
}
