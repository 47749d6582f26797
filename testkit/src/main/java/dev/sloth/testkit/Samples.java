package dev.sloth.testkit;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
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
import dev.sloth.api.workflow.Stage;
import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskHook;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workdir;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// Anything that the types of the api may hold.
public final class Samples {
    private static final int DEPTH_MAX = 4;

    /// Letters, what JSON escapes, two and four bytes of UTF-8, and half a pair of surrogates.
    private static final String LETTERS = "ab \"\\/\n\u0000\u007f\u00e9\u20ac\ud83d\ude00:\ud83d";

    private final Gen gen;

    public Samples(Gen gen) {
        this.gen = gen;
    }

    public String text() {
        return gen.yes() ? "" : gen.string(LETTERS);
    }

    public String name() {
        return "x" + text();
    }

    private Duration duration() {
        return gen.yes()
                ? Duration.ofSeconds(1 + gen.below(100))
                : Duration.ofNanos(1 + gen.below(Integer.MAX_VALUE));
    }

    // ---- values

    public Value value() {
        return value(0);
    }

    private Value value(int depth) {
        return switch (gen.below(depth < DEPTH_MAX ? 7 : 5)) {
            case 0 -> Value.Nil.NIL;
            case 1 -> Value.Bool.of(gen.yes());
            case 2 -> new Value.Num(number());
            case 3 -> Text.of(text().replace("\ud83d", "s"));
            case 4 -> Text.ofBytes(bytes());
            default -> table(depth);
        };
    }

    private double number() {
        return switch (gen.below(6)) {
            case 0 -> gen.below(1_000) - 500;
            case 1 ->
                    gen.oneOf(
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY,
                            -0.0,
                            0x1p53,
                            -0x1p53 - 2,
                            Double.MIN_VALUE,
                            Double.MAX_VALUE,
                            1e300);
            case 2 -> gen.random().nextLong();
            case 3 -> Math.rint(gen.random().nextDouble() * 0x1p60);
            default -> anyDouble();
        };
    }

    private double anyDouble() {
        double any = Double.longBitsToDouble(gen.random().nextLong());
        return Double.isNaN(any) ? 0.1 : any;
    }

    private byte[] bytes() {
        var bytes = new byte[gen.below(gen.size() + 1)];
        gen.random().nextBytes(bytes);
        return bytes;
    }

    public DataTable table() {
        return gen.yes() ? new DataTable() : table(0);
    }

    private DataTable table(int depth) {
        var table = new DataTable();
        int size = gen.below(5);
        int kind = gen.below(3);
        for (int i = 0; i < size; i++) {
            var key =
                    switch (kind) {
                        case 0 -> new Value.Num(i + 1);
                        case 1 -> Text.of("k" + i);
                        default -> value(depth + 1);
                    };
            if (key != Value.Nil.NIL) {
                table.put(key, value(depth + 1));
            }
        }
        return table;
    }

    // ---- outcomes

    public Outcome outcome() {
        return new Outcome(
                gen.oneOf(List.of(Outcome.Status.values())), text(), table(), gen.yes(), failure());
    }

    private Outcome.Failure failure() {
        return gen.yes()
                ? Outcome.Failure.NONE
                : new Outcome.Failure(
                        span(),
                        gen.list(gen.below(3), this::text),
                        gen.yes() ? OptionalInt.empty() : OptionalInt.of(gen.below(256)));
    }

    private Span span() {
        return gen.yes() ? Span.NOWHERE : new Span(text(), gen.below(9), gen.below(9) - 1);
    }

    // ---- workflows

    public Workflow workflow() {
        return new Workflow(
                text(),
                text(),
                text(),
                gen.list(gen.below(4), this::task),
                gen.list(gen.below(3), this::stage),
                gen.below(3),
                gen.yes(),
                gen.yes() ? Duration.ZERO : duration(),
                hooks(WorkflowHook.class, WorkflowHook.values()),
                map(gen::yes),
                map(this::text),
                gen.list(gen.below(3), this::text),
                table(),
                span());
    }

    private <T> Map<String, T> map(Supplier<T> value) {
        var map = new HashMap<String, T>();
        for (int i = gen.below(3); i > 0; i--) {
            map.put(text(), value.get());
        }
        return map;
    }

    private <H extends Enum<H>> Map<H, FunctionRef> hooks(Class<H> type, H[] all) {
        var hooks = new EnumMap<H, FunctionRef>(type);
        for (var hook : all) {
            if (gen.chance(20)) {
                hooks.put(hook, function());
            }
        }
        return hooks;
    }

    private FunctionRef function() {
        return new FunctionRef(text());
    }

    private Condition condition() {
        return switch (gen.below(6)) {
            case 0 -> new Condition.Call(function());
            case 1 -> new Condition.Shell(text());
            case 2 -> new Condition.Fixed(gen.yes());
            case 3 -> new Condition.Named(text());
            default -> new Condition.None();
        };
    }

    private Action action() {
        return switch (gen.below(4)) {
            case 0 -> new Action.Call(function());
            case 1 -> new Action.Shell(text(), text());
            case 2 -> new Action.Argv(gen.list(gen.below(3), this::text));
            default -> new Action.Nothing();
        };
    }

    private Placement placement() {
        return switch (gen.below(5)) {
            case 0 -> new Placement.Agents(gen.list(gen.below(3), this::text));
            case 1 -> new Placement.Computed(function());
            case 2 -> new Placement.Selector(table());
            default -> new Placement.Here();
        };
    }

    private RetryPolicy retry() {
        if (gen.yes()) {
            return RetryPolicy.NONE;
        }
        var on = new HashSet<RetryPolicy.Reason>();
        for (var reason : RetryPolicy.Reason.values()) {
            if (gen.yes()) {
                on.add(reason);
            }
        }
        return new RetryPolicy(
                gen.below(5),
                gen.oneOf(List.of(RetryPolicy.Strategy.values())),
                gen.yes() ? Duration.ofSeconds(1) : duration(),
                gen.yes() ? Duration.ofMinutes(5) : duration(),
                gen.yes() ? 0 : gen.random().nextDouble(),
                on);
    }

    private TaskName task(int number) {
        return new TaskName("t" + number + text());
    }

    public TaskName taskName() {
        return task(gen.below(5));
    }

    private List<TaskName> taskNames() {
        return gen.list(gen.below(3), this::taskName);
    }

    private List<String> texts() {
        return gen.list(gen.below(3), this::text);
    }

    private Task task() {
        return new Task(
                taskName(),
                text(),
                action(),
                taskNames(),
                taskNames(),
                table(),
                gen.yes() ? Task.TIMEOUT_DEFAULT : duration(),
                retry(),
                condition(),
                condition(),
                hooks(TaskHook.class, TaskHook.values()),
                gen.yes()
                        ? Workdir.TEMPORARY
                        : new Workdir(text(), gen.oneOf(List.of(Workdir.Cleanup.values()))),
                text(),
                map(this::text),
                map(this::text),
                texts(),
                texts(),
                texts(),
                placement(),
                gen.yes(),
                gen.yes(),
                text(),
                map(this::value),
                span());
    }

    private Stage stage() {
        return new Stage(
                text(),
                gen.yes(),
                condition(),
                taskNames(),
                gen.oneOf(List.of(Stage.OnFailure.values())),
                gen.yes(),
                texts(),
                text(),
                table(),
                span());
    }

    // ---- assignments

    public Assignment assignment() {
        var task = task();
        var name = gen.chance(90) ? task.name() : taskName();
        var inputs = new HashMap<TaskName, Value.Table>();
        taskNames().forEach(from -> inputs.put(from, table()));
        return new Assignment(
                new AttemptId(new RunId(name()), name, 1 + gen.below(3)), task, inputs);
    }

    // ---- large ones

    /// A workflow of so many tasks with nothing wrong in it, for what costs time.
    public static Workflow large(int tasks) {
        var all = new ArrayList<Task>(tasks);
        for (int i = 0; i < tasks; i++) {
            all.add(plain(i));
        }
        return new Workflow(
                "large",
                "",
                "",
                all,
                List.of(),
                0,
                false,
                Duration.ZERO,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                new DataTable(),
                Span.NOWHERE);
    }

    private static Task plain(int number) {
        var needs =
                number < 10
                        ? List.<TaskName>of()
                        : List.of(
                                new TaskName("t" + (number - 10)), new TaskName("t" + number % 10));
        return new Task(
                new TaskName("t" + number),
                "",
                new Action.Call(new FunctionRef("task t" + number + " command")),
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
                new Span("large.sloth", 3 + number, 1));
    }
}
