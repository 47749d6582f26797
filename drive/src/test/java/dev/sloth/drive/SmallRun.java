package dev.sloth.drive;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A run of a few tasks that know nothing of each other.
final class SmallRun {
    static final RunId RUN = new RunId("small");

    private SmallRun() {}

    static NewRun kept(Owner owner, InstantSource time) {
        var now = time.instant();
        return new NewRun(
                RUN,
                "small",
                "script",
                now,
                Map.of(),
                List.of(),
                List.of(),
                owner,
                now.plus(Lease.TTL));
    }

    static RunInput.Submit submission(InstantSource time, String... tasks) {
        var workflow =
                new Workflow(
                        "small",
                        "",
                        "",
                        Arrays.stream(tasks).map(SmallRun::task).toList(),
                        List.of(),
                        4,
                        false,
                        Duration.ZERO,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        new DataTable(),
                        Span.NOWHERE);
        return new RunInput.Submit(time.instant(), RUN, workflow, Value.Nil.NIL, 2, 1);
    }

    private static Task task(String name) {
        return new Task(
                new TaskName(name),
                "",
                new Action.Nothing(),
                List.of(),
                List.of(),
                new DataTable(),
                Task.TIMEOUT_DEFAULT,
                RetryPolicy.NONE,
                new Condition.None(),
                new Condition.None(),
                Map.of(),
                Workdir.TEMPORARY,
                "",
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new Placement.Here(),
                false,
                false,
                "",
                Map.of(),
                Span.NOWHERE);
    }
}
