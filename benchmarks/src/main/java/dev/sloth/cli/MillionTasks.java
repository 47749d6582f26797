package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.NewRun;
import dev.sloth.drive.Hands;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.Lease;
import dev.sloth.drive.LocalRun;
import dev.sloth.drive.OnceHands;
import dev.sloth.drive.RunListener;
import dev.sloth.drive.StoreTenancy;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints a row on one durable run of very many tasks that need no time, in layers of a thousand:
/// what the engine, its threads and the store take. Lua has no part in it.
///
/// Arguments: an empty folder on the disk that counts, and how many tasks.
public final class MillionTasks {
    private static final int LAYER = 1_000;
    private static final int PARALLEL = 64;

    private MillionTasks() {}

    /// @param arguments as told above
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        var time = InstantSource.system();
        var config = StoreConfig.DEFAULT;
        try (var runs =
                new KeptRuns(
                        SqliteStore.open(Path.of(arguments[0]), config, time),
                        ThisProcess.owner(),
                        ThisProcess::fate,
                        time)) {
            var workflow = workflow(count);
            long begin = System.nanoTime();
            var report = run(runs, workflow, time);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "| %,d tasks, %s | %.1f | %.0f | %d |",
                            count,
                            report.status(),
                            seconds,
                            count / seconds,
                            peakMegabytes()));
        }
    }

    private static RunReport run(KeptRuns runs, Workflow workflow, InstantSource time)
            throws InterruptedException {
        var store = runs.store();
        var claim = new Claim(new RunId("million"), 1);
        var now = time.instant();
        var made =
                new NewRun(
                        claim.run(),
                        workflow.name(),
                        "million",
                        now,
                        Map.of(),
                        List.of(),
                        List.of(),
                        runs.owner(),
                        now.plus(Lease.TTL));
        var lease = new Lease(store.runs(), claim, time);
        var boot = runs.owner().boot();
        var hands = new OnceHands(new Quick(), store.attempts(), lease, claim, boot, time);
        var run =
                new LocalRun(
                        StoredJournal.submitting(store.runs(), made),
                        hands,
                        new Silent(),
                        time,
                        new StoreTenancy(store, claim, lease, time),
                        Duration.ofSeconds(10));
        var values = new DataTable();
        return run.run(
                new RunInput.Submit(
                        now, claim.run(), workflow, values, PARALLEL, 1, Reuse.NOTHING));
    }

    private static Workflow workflow(int count) {
        var tasks = new ArrayList<Task>(count);
        for (int i = 0; i < count; i++) {
            var needs = i < LAYER ? List.<TaskName>of() : List.of(name(i - LAYER));
            tasks.add(task(name(i), needs));
        }
        return new Workflow(
                "million",
                "",
                "",
                tasks,
                List.of(),
                PARALLEL,
                false,
                Duration.ZERO,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                new DataTable(),
                Span.NOWHERE);
    }

    private static TaskName name(int number) {
        return new TaskName("t" + number);
    }

    private static Task task(TaskName name, List<TaskName> needs) {
        return new Task(
                name,
                "",
                new Action.Nothing(),
                needs,
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

    private static long peakMegabytes() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D+", "")) >> 10;
            }
        }
        return 0;
    }

    private static final class Quick implements Hands.Recovering {
        @Override
        public Outcome attempt(Assignment assignment) {
            return Outcome.succeeded("", new DataTable(), true);
        }

        @Override
        public Outcome recovered(Assignment assignment, String boot) {
            return attempt(assignment);
        }

        @Override
        public void settled(AttemptId id) {}

        @Override
        public Answer condition(String stage, Condition condition) {
            return new Answer.Yes();
        }

        @Override
        public Outcome hook(
                WorkflowHook hook, FunctionRef function, boolean success, RunReport soFar) {
            return Outcome.succeeded("", new DataTable(), true);
        }
    }

    private static final class Silent implements RunListener {
        @Override
        public void event(RunEvent event) {}

        @Override
        public void line(AttemptId attempt, String line) {}

        @Override
        public void note(String line) {}
    }
}
