package dev.sloth.dsl.define;

import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was read of a workflow so far.
final class WorkflowParts {
    /// How many tasks may be asked to run at once.
    private static final int PARALLEL_MAX = 100_000;

    private static final Duration TIMEOUT_MAX = Duration.ofDays(365);

    String description = "";
    String version = "";
    int maxParallelTasks;
    boolean failFast;
    Duration timeout = Duration.ZERO;
    final Map<WorkflowHook, FunctionRef> hooks = new EnumMap<>(WorkflowHook.class);
    final Map<String, Boolean> permissions = new LinkedHashMap<>();
    final Map<String, String> secrets = new LinkedHashMap<>();
    List<String> files = List.of();
    Value.Table rollback = new DataTable();
    String workdir = "";
    Workdir.Cleanup cleanup = Workdir.Cleanup.ON_SUCCESS;
    Placement placement = new Placement.Here();
    boolean cleanupIsFunction;
    List<Map<String, List<String>>> schedules = List.of();
    Spot schedulesAt = Spot.Nowhere.NOWHERE;

    static Fields<WorkflowParts> fields() {
        var fields = new Fields<WorkflowParts>();
        fields.one(
                        "description",
                        Type.STRING,
                        "What the workflow is for.",
                        (r, p) -> p.description = r.text())
                .one(
                        "version",
                        Type.STRING,
                        "The version of the workflow.",
                        (r, p) -> p.version = r.text())
                .many(
                        "tasks",
                        Type.TABLE,
                        "Its tasks: a list or a map of built tasks and tables.",
                        (_, _) -> {})
                .one("stages", Type.TABLE, "Its stages, one after the other.", (_, _) -> {})
                .many(
                        "config",
                        Type.TABLE,
                        "Settings: timeout, max_parallel_tasks, fail_fast, permissions,"
                                + " create_workdir_before_run, clean_workdir_after_run.",
                        (_, _) -> {})
                .one(
                        "on_start",
                        Type.FUNCTION,
                        "Called when a run starts.",
                        (r, p) -> p.hooks.put(WorkflowHook.ON_START, r.function()))
                .one(
                        "on_complete",
                        Type.FUNCTION,
                        "Called when a run has ended, with whether it succeeded and the results.",
                        (r, p) -> p.hooks.put(WorkflowHook.ON_COMPLETE, r.function()))
                .one(
                        "rollback",
                        Type.TABLE,
                        "How a run is taken back.",
                        (r, p) -> p.rollback = r.dataTable())
                .many(
                        "secrets",
                        Type.STRING_OR_TABLE,
                        "The secrets that its functions may read: names, or names with what they"
                                + " stand for, such as { \"token\", db = \"prod/db\" }.",
                        (r, p) -> p.secrets.putAll(SecretNames.read(r)));
        return settings(times(whereTheyRun(fields)));
    }

    private static Fields<WorkflowParts> whereTheyRun(Fields<WorkflowParts> fields) {
        return fields.many(
                        "files",
                        Type.ANY,
                        "Files below the script's folder that its tasks find there on every"
                                + " machine: paths and globs, such as \"src/**\".",
                        (r, p) -> p.files = r.globs("the script's folder"))
                .one(
                        "delegate_to",
                        Type.ANY,
                        "Where its tasks run unless they say otherwise.",
                        (r, p) -> p.placement = Placements.delegated(r))
                .one(
                        "workdir",
                        Type.STRING,
                        "The folder of tasks that name none.",
                        (r, p) -> p.workdir = r.line());
    }

    private static Fields<WorkflowParts> times(Fields<WorkflowParts> fields) {
        return fields.many(
                "schedule",
                Type.TABLE,
                "When it is to run, once `schedule add` has added that: cron, every or at,"
                        + " and zone, exclude, missed, overlap, grace, deadline,"
                        + " catch_up_max, queue_max, splay, name.",
                (r, p) -> {
                    p.schedules = Schedules.read(r);
                    p.schedulesAt = r.given().at();
                });
    }

    /// The fields of `config`, which may stand beside it as well.
    static Fields<WorkflowParts> settings(Fields<WorkflowParts> fields) {
        return fields.one(
                        "timeout",
                        Type.DURATION,
                        "How long a run may take.",
                        (r, p) -> p.timeout = r.duration(TIMEOUT_MAX))
                .one(
                        "max_parallel_tasks",
                        Type.INTEGER,
                        "How many tasks run at once at most.",
                        (r, p) -> p.maxParallelTasks = (int) r.whole(1, PARALLEL_MAX))
                .one(
                        "fail_fast",
                        Type.BOOLEAN,
                        "Whether the first failure cancels what runs.",
                        (r, p) -> p.failFast = r.flag())
                .one(
                        "create_workdir_before_run",
                        Type.BOOLEAN,
                        "Tasks without a workdir get a fresh one anyway: true changes nothing.",
                        (r, _) -> r.flag())
                .one(
                        "clean_workdir_after_run",
                        Type.ANY,
                        "Whether fresh folders are removed: true after success, false never.",
                        WorkflowParts::cleaning)
                .many(
                        "permissions",
                        Type.TABLE,
                        "What the script may do: {exec=, fs=, net=, secrets=, state=}, each a boolean.",
                        (r, p) -> p.permissions.putAll(permissions(r)));
    }

    private static void cleaning(Reading r, WorkflowParts p) {
        p.cleanupIsFunction = r.value() instanceof Value.Callable;
        if (!p.cleanupIsFunction) {
            p.cleanup = r.flag() ? Workdir.Cleanup.ON_SUCCESS : Workdir.Cleanup.NEVER;
        }
    }

    private static Map<String, Boolean> permissions(Reading r) {
        var known =
                Arrays.stream(Permission.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList();
        var all = new LinkedHashMap<String, Boolean>();
        for (Value each : r.given().values()) {
            if (!(each instanceof Value.Table table)) {
                throw Reading.wrong("a table such as { exec = false }", each);
            }
            r.fields(table, known)
                    .forEach((name, value) -> {
                        if (!(value instanceof Value.Bool allowed)) {
                            throw Reading.wrong("true or false for '" + name + "'", value);
                        }
                        all.put(name, allowed.truthy());
                    });
        }
        return all;
    }

    /// Gives a task what it takes from its workflow.
    void endow(TaskParts task) {
        if (task.placement instanceof Placement.Here) {
            task.placement = placement;
        }
        if (task.workdir.isEmpty()) {
            task.workdir = workdir;
        }
        if (!task.cleanupGiven) {
            task.cleanup = cleanup;
        }
    }

    Workflow build(String name, List<Task> tasks, List<Stage> stages, Span at) {
        return new Workflow(
                name,
                description,
                version,
                tasks,
                stages,
                maxParallelTasks,
                failFast,
                timeout,
                hooks,
                permissions,
                secrets,
                files,
                rollback,
                at);
    }
}
