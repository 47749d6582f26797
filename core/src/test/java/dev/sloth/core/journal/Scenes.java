package dev.sloth.core.journal;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.HostShare;
import dev.sloth.core.run.Journal;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.Ruling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Runs that are worth recording: between them they have every kind of event.
final class Scenes {
    private static final Outcome FAILED =
            Outcome.failed(
                    "exit code 1",
                    new Outcome.Failure(
                            new Span("a.sloth", 3, 5), List.of("a.sloth:3 in command", "?")));

    private Scenes() {}

    /// By name; each is driven under the journal that it is given.
    static Map<String, Function<Journal, Drive>> all() {
        var all = new TreeMap<String, Function<Journal, Drive>>();
        all.put("retries", Scenes::retries);
        all.put("stages", Scenes::stages);
        all.put("condition-cancelled", Scenes::conditionCancelled);
        all.put("hook-cancelled", Scenes::hookCancelled);
        all.put("cancelled", Scenes::cancelled);
        all.put("undecided", Scenes::undecided);
        all.put("reuse", Scenes::reuse);
        all.put("timeout", Scenes::timeout);
        all.put("agents", Scenes::agents);
        return all;
    }

    static Drive drive(String name, Journal journal) {
        return Optional.ofNullable(all().get(name)).orElseThrow().apply(journal);
    }

    private static Drive retries(Journal journal) {
        var drive = new Drive(journal);
        drive.ends =
                id ->
                        id.task().text().equals("a") && id.number() < 3
                                ? FAILED
                                : Drive.fine(id.task().text());
        var values =
                new DataTable()
                        .with("env", "prod")
                        .with("bytes", Text.ofBytes(new byte[] {(byte) 0xff, 0}))
                        .with("nan", Double.NaN)
                        .with("list", DataTable.list(List.of(new Value.Num(1), Value.Bool.TRUE)));
        var tasks =
                List.of(
                        task("a", exponential(), false),
                        task("b", RetryPolicy.NONE, false, "a"),
                        task("c", exponential(), false, "b"));
        return drive.submit(flow(tasks, List.of(), Map.of(), false), values, Reuse.NOTHING);
    }

    private static Drive stages(Journal journal) {
        var drive = new Drive(journal);
        drive.ends = id -> id.task().text().equals("b") ? FAILED : Drive.fine(id.task().text());
        drive.answers = stage -> stage.equals("ask") ? new Answer.Yes() : new Answer.No();
        var never =
                new RetryPolicy(
                        0, RetryPolicy.NONE.strategy(), Duration.ZERO, Duration.ZERO, 0, Set.of());
        var tasks =
                List.of(
                        task("a", never, false),
                        task("b", never, false),
                        task("c", never, false),
                        task("d", never, false),
                        task("e", never, false));
        var stages =
                List.of(
                        stage("ask", new Condition.Shell("test -e x"), "a"),
                        stage("not", new Condition.Call(new FunctionRef("stage not when")), "e"),
                        stage("stop", new Condition.None(), "b", "c"),
                        stage("undo", new Condition.Named("previous_stage_failure"), "d"));
        var hooks =
                Map.of(
                        WorkflowHook.ON_START, new FunctionRef("workflow flow on_start"),
                        WorkflowHook.ON_COMPLETE, new FunctionRef("workflow flow on_complete"));
        return drive.submit(flow(tasks, stages, hooks, true), Value.Nil.NIL, Reuse.NOTHING);
    }

    private static Drive conditionCancelled(Journal journal) {
        var tasks = List.of(task("a", RetryPolicy.NONE, false));
        var stages = List.of(stage("ask", new Condition.Shell("true"), "a"));
        return new Drive(journal)
                .submit(flow(tasks, stages, Map.of(), false), Value.Nil.NIL, Reuse.NOTHING)
                .cancelAfter(Duration.ofMillis(5));
    }

    private static Drive hookCancelled(Journal journal) {
        var tasks = List.of(task("a", RetryPolicy.NONE, false));
        var hooks = Map.of(WorkflowHook.ON_START, new FunctionRef("workflow flow on_start"));
        return new Drive(journal)
                .submit(flow(tasks, List.of(), hooks, false), Value.Nil.NIL, Reuse.NOTHING)
                .cancelAfter(Duration.ofMillis(5));
    }

    private static Drive cancelled(Journal journal) {
        var tasks =
                List.of(
                        task("a", RetryPolicy.NONE, false),
                        task("b", RetryPolicy.NONE, false, "a"),
                        task("c", RetryPolicy.NONE, false, "b"));
        return new Drive(journal)
                .submit(flow(tasks, List.of(), Map.of(), false), Value.Nil.NIL, Reuse.NOTHING)
                .cancelAfter(Duration.ofMillis(15));
    }

    private static Drive undecided(Journal journal) {
        var drive = new Drive(journal);
        drive.ends =
                id ->
                        id.number() == 1
                                ? Outcome.ended(Outcome.Status.UNKNOWN, "the runner was gone")
                                : Drive.fine(id.task().text());
        drive.rulings =
                id ->
                        switch (id.task().text()) {
                            case "a" -> new Ruling.Succeeded(new DataTable().with("by", "hand"));
                            case "b" -> new Ruling.Again();
                            default -> new Ruling.Failed();
                        };
        var tasks =
                List.of(
                        task("a", RetryPolicy.NONE, false),
                        task("b", RetryPolicy.NONE, false),
                        task("c", RetryPolicy.NONE, false),
                        task("d", RetryPolicy.NONE, true),
                        task("e", RetryPolicy.NONE, false, "c"));
        return drive.submit(flow(tasks, List.of(), Map.of(), false), Value.Nil.NIL, Reuse.NOTHING);
    }

    private static Drive reuse(Journal journal) {
        var tasks =
                List.of(
                        task("a", RetryPolicy.NONE, false),
                        task("b", RetryPolicy.NONE, false, "a"));
        var reuse = new Reuse(new RunId("run-0"), Map.of(new TaskName("a"), Drive.fine("before")));
        return new Drive(journal)
                .submit(flow(tasks, List.of(), Map.of(), false), Value.Nil.NIL, reuse);
    }

    private static Drive agents(Journal journal) {
        var drive = new Drive(journal);
        var failed =
                Outcome.failed(
                        "the command ended with exit code 3",
                        new Outcome.Failure(Span.NOWHERE, List.of(), OptionalInt.of(3)));
        drive.hosts =
                id ->
                        List.of(
                                new HostShare(
                                        "web1",
                                        "given to web1: it is the one that was asked for",
                                        Optional.of(drive.time.instant()),
                                        Drive.fine("web1")),
                                new HostShare("", "nobody took it", Optional.empty(), failed));
        drive.ends = id -> failed;
        var tasks = List.of(task("a", RetryPolicy.NONE, false));
        return drive.submit(flow(tasks, List.of(), Map.of(), false), Value.Nil.NIL, Reuse.NOTHING);
    }

    private static Drive timeout(Journal journal) {
        var flow =
                flow(
                        List.of(
                                task("a", RetryPolicy.NONE, false),
                                task("b", RetryPolicy.NONE, false, "a")),
                        List.of(),
                        Map.of(),
                        false);
        var timed =
                new Workflow(
                        flow.name(),
                        "with a timeout",
                        "1.0",
                        flow.tasks(),
                        flow.stages(),
                        1,
                        false,
                        Duration.ofMillis(15),
                        flow.hooks(),
                        Map.of("net", false),
                        Map.of(),
                        List.of(),
                        flow.rollback(),
                        new Span("a.sloth", 1, 1));
        return new Drive(journal).submit(timed, Value.Nil.NIL, Reuse.NOTHING);
    }

    private static RetryPolicy exponential() {
        return new RetryPolicy(
                5,
                RetryPolicy.Strategy.EXPONENTIAL,
                Duration.ofMillis(1_500),
                Duration.ofMinutes(1),
                0.25,
                Set.of(RetryPolicy.Reason.FAILED));
    }

    static Task task(String name, RetryPolicy retry, boolean idempotent, String... needs) {
        return new Task(
                new TaskName(name),
                "does " + name,
                name.equals("a")
                        ? new Action.Shell("make a", "")
                        : new Action.Call(new FunctionRef("task " + name + " command")),
                List.of(needs).stream().map(TaskName::new).toList(),
                List.of(),
                new DataTable().with("n", 1),
                Task.TIMEOUT_DEFAULT,
                retry,
                new Condition.None(),
                new Condition.None(),
                Map.of(TaskHook.PRE, new FunctionRef("task " + name + " pre")),
                Workdir.TEMPORARY,
                "",
                Map.of("CI", "1"),
                Map.of(),
                List.of("out/*"),
                List.of(),
                List.of(),
                new Placement.Here(),
                idempotent,
                false,
                "",
                Map.of("tags", DataTable.list(List.of(Text.of("x")))),
                new Span("a.sloth", 2, 3));
    }

    private static Stage stage(String name, Condition condition, String... tasks) {
        return new Stage(
                name,
                true,
                condition,
                List.of(tasks).stream().map(TaskName::new).toList(),
                Stage.OnFailure.CONTINUE,
                false,
                List.of(),
                "",
                new DataTable(),
                new Span("a.sloth", 9, 1));
    }

    static Workflow flow(
            List<Task> tasks,
            List<Stage> stages,
            Map<WorkflowHook, FunctionRef> hooks,
            boolean failFast) {
        return new Workflow(
                "flow",
                "",
                "",
                tasks,
                stages,
                0,
                failFast,
                Duration.ZERO,
                hooks,
                Map.of(),
                Map.of(),
                List.of(),
                new DataTable(),
                Span.NOWHERE);
    }
}
