package dev.sloth.master.run;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Outcome.Status;
import dev.sloth.api.workflow.Placement;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.codec.AssignmentFormat;
import dev.sloth.codec.DamagedDocument;
import dev.sloth.codec.OutcomeFormat;
import dev.sloth.codec.ValueFormat;
import dev.sloth.core.balance.Want;
import dev.sloth.core.dispatch.Act;
import dev.sloth.core.dispatch.Order;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.HostShare;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.select.Selection;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.drive.Hands;
import dev.sloth.drive.HookArguments;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.wire.WireProblems;
import dev.sloth.wire.WorkOrder.Work;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Has agents do what a run asks for. An attempt has orders whose ids follow from its own, so that
/// asking again, after a restart, goes on with what was asked for before.
final class FleetHands implements Hands.Recovering {
    private static final String PLACING = "/placing";

    private final Fleet fleet;
    private final ActiveRun run;
    private final Function<Work, byte[]> bodies;
    private final Supplier<String> chance;
    private final InstantSource time;
    private final Map<AttemptId, Set<String>> orders = new ConcurrentHashMap<>();
    private volatile Consumer<RunInput.HostEnded> told = _ -> {};

    /// @param bodies makes an order's body of what is to be done
    /// @param chance gives texts that were never given before
    /// @param time of the run
    FleetHands(
            Fleet fleet,
            ActiveRun run,
            Function<Work, byte[]> bodies,
            Supplier<String> chance,
            InstantSource time) {
        this.time = time;
        this.fleet = fleet;
        this.run = run;
        this.bodies = bodies;
        this.chance = chance;
    }

    @Override
    public void reportTo(Consumer<RunInput.HostEnded> reports) {
        told = reports;
    }

    @Override
    public Outcome attempt(Assignment assignment) {
        try {
            return switch (assignment.task().placement()) {
                case Placement.Here _ -> alone(assignment, new Want.Any());
                case Placement.Selector(var wanted) -> selected(assignment, wanted);
                case Placement.Agents(var names) -> on(assignment, names);
                case Placement.Computed(var function) -> computed(assignment, function);
            };
        } finally {
            // What interrupted it has been answered.
            var _ = Thread.interrupted();
        }
    }

    /// What was asked for before has orders by the same ids.
    @Override
    public Outcome recovered(Assignment assignment, String boot) {
        return attempt(assignment);
    }

    @Override
    public void settled(AttemptId id) {
        var all = orders.remove(id);
        if (all != null) {
            all.forEach(order -> {
                fleet.settled(order);
                run.closed(order);
            });
        }
    }

    // ---- attempts

    private Outcome selected(Assignment assignment, Value.Table wanted) {
        Selection selection;
        try {
            selection = Selection.of(wanted);
        } catch (Problems e) {
            // What a script says was looked at before it was taken; this was written by hand.
            return failed(e.list().getFirst().message());
        }
        var want = selection.who().<Want>map(Want.Matching::new).orElseGet(Want.Any::new);
        return selection.count() == 1
                ? alone(assignment, want)
                : several(assignment, want, selection.count());
    }

    /// On so many at once. Those who have had it before are among them.
    private Outcome several(Assignment assignment, Want want, int count) {
        var several = fleet.leastBusy(want, count, had(assignment));
        if (several.names().size() < count) {
            return failed(
                    "%d agents are needed, and %d match: %s [%s]"
                            .formatted(
                                    count,
                                    several.names().size(),
                                    want.text(),
                                    WireProblems.NOBODY_SELECTED));
        }
        return on(
                assignment,
                several.names(),
                "one of the %d least busy of %d that match: %s"
                        .formatted(count, several.fitting(), want.text()));
    }

    /// The agents on which it was begun before.
    private List<String> had(Assignment assignment) {
        var before = order(assignment, "");
        return fleet.rows(run.id().text()).stream()
                .map(OrderRow::id)
                .filter(id -> id.startsWith(before))
                .map(id -> id.substring(before.length()))
                .toList();
    }

    private static Outcome failed(String why) {
        return Outcome.failed(why, Outcome.Failure.NONE);
    }

    private Outcome alone(Assignment assignment, Want want) {
        return one(
                assignment, body(assignment), assignment.id().toString(), want, new Target("", ""));
    }

    /// The same for all agents, of which there may be very many: it does not say who they are.
    private byte[] body(Assignment assignment) {
        var task = assignment.task().placed(new Placement.Here());
        var work = new Assignment(assignment.id(), task, assignment.inputs());
        return bodies.apply(new Work.Attempt(AssignmentFormat.bytes(work)));
    }

    /// Of the orders of one attempt.
    ///
    /// @param host the agent that it is for, where there are several; empty otherwise
    /// @param chosen why that one, when nobody named it
    private record Target(String host, String chosen) {}

    private Outcome one(
            Assignment assignment, byte[] body, String order, Want want, Target target) {
        var id = assignment.id();
        orders.computeIfAbsent(id, _ -> ConcurrentHashMap.newKeySet()).add(order);
        run.open(order, id, target.host());
        boolean repeatable = assignment.task().idempotent();
        var end =
                fleet.perform(
                        new Order(
                                order,
                                run.id().text(),
                                want,
                                target.chosen(),
                                repeatable,
                                false,
                                body));
        var outcome = outcome(end);
        told.accept(new RunInput.HostEnded(time.instant(), id, share(order, want, end, outcome)));
        return outcome;
    }

    private HostShare share(String order, Want want, Act.End end, Outcome outcome) {
        var row = fleet.row(order);
        var asked = want instanceof Want.Named(var name) ? name : "";
        return new HostShare(
                row.map(given -> fleet.name(given.agent())).orElse(asked),
                row.map(OrderRow::why).orElseGet(end::why),
                row.map(OrderRow::givenAt),
                outcome);
    }

    private Outcome on(Assignment assignment, List<String> names) {
        return on(assignment, names, "");
    }

    /// @param chosen why those, when nobody named them
    private Outcome on(Assignment assignment, List<String> names, String chosen) {
        var hosts = names.stream().distinct().toList();
        if (hosts.isEmpty()) {
            return failed(
                    "there is no agent to do it on: the list of agents is empty [%s]"
                            .formatted(WireProblems.NOBODY_SELECTED));
        }
        var body = body(assignment);
        if (hosts.size() == 1) {
            var only = hosts.getFirst();
            return one(
                    assignment, body, order(assignment, only), named(only), new Target("", chosen));
        }
        var strangers = fleet.strangers(hosts);
        int others = hosts.size() - strangers.size();
        if (!strangers.isEmpty() && others > 0 && had(assignment).isEmpty()) {
            return EachHost.notBegun(strangers, others);
        }
        var outcomes = new LinkedHashMap<String, Callable<Outcome>>();
        hosts.forEach(host ->
                outcomes.put(
                        host,
                        () ->
                                one(
                                        assignment,
                                        body,
                                        order(assignment, host),
                                        named(host),
                                        new Target(host, chosen))));
        return EachHost.together(all(outcomes));
    }

    private static String order(Assignment assignment, String host) {
        return assignment.id() + "@" + host;
    }

    private static Want named(String host) {
        return new Want.Named(host);
    }

    /// All at once; when this thread is interrupted, all are.
    private static Map<String, Outcome> all(Map<String, Callable<Outcome>> works) {
        var ends = new LinkedHashMap<String, Future<Outcome>>();
        var outcomes = new LinkedHashMap<String, Outcome>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            works.forEach((host, work) -> ends.put(host, threads.submit(work)));
            for (var end : ends.entrySet()) {
                outcomes.put(end.getKey(), await(end.getValue(), threads::shutdownNow));
            }
        }
        return outcomes;
    }

    private static Outcome await(Future<Outcome> end, Runnable interruptAll) {
        while (true) {
            try {
                return end.get();
            } catch (InterruptedException _) {
                interruptAll.run();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException("an order failed", e);
            }
        }
    }

    private Outcome computed(Assignment assignment, FunctionRef function) {
        var order = assignment.id() + PLACING;
        orders.computeIfAbsent(assignment.id(), _ -> ConcurrentHashMap.newKeySet()).add(order);
        run.open(order, placing(assignment.id()), "");
        var work = new Work.Placing(assignment.task().name().text(), function);
        var said = outcome(light(order, work));
        if (said.status() != Status.SUCCEEDED) {
            return said;
        }
        var names = new ArrayList<String>();
        if (said.outputs().at("agents") instanceof Value.Table list) {
            list.entries().forEach(each -> names.add(each.value().toString()));
        }
        return on(assignment, names);
    }

    /// What the function prints is not counted as the attempt's, whose first line is to come.
    private static AttemptId placing(AttemptId id) {
        return new AttemptId(id.run(), TaskName.ofPlacing(id.task()), id.number());
    }

    private Act.End light(String order, Work work) {
        return fleet.perform(
                new Order(order, run.id().text(), new Want.Any(), true, true, bodies.apply(work)));
    }

    // ---- what is asked beside the tasks

    @Override
    public Answer condition(String stage, Condition condition) {
        var outcome =
                beside(
                        "condition/" + stage,
                        TaskName.ofCondition(stage),
                        new Work.Asked(stage, condition));
        return switch (outcome.status()) {
            case SUCCEEDED -> new Answer.Yes();
            case SKIPPED -> new Answer.No();
            case FAILED, TIMED_OUT, CANCELLED, ABORTED, UNKNOWN ->
                    new Answer.Failed(outcome.message());
        };
    }

    @Override
    public Outcome hook(WorkflowHook hook, FunctionRef function, boolean success, RunReport soFar) {
        var name = hook.name().toLowerCase(Locale.ROOT);
        var arguments =
                HookArguments.of(hook, success, soFar).stream().map(ValueFormat::bytes).toList();
        return beside("hook/" + name, TaskName.of(hook), new Work.Hook(name, function, arguments));
    }

    /// Whoever asks again asks for something new.
    private Outcome beside(String what, TaskName name, Work work) {
        var order = run.id().text() + "/" + what + "/" + chance.get();
        run.openBeside(order, name);
        try {
            return outcome(light(order, work));
        } finally {
            fleet.settled(order);
            run.closed(order);
            var _ = Thread.interrupted();
        }
    }

    private static Outcome outcome(Act.End end) {
        return switch (end) {
            case Act.End.Done(_, var result) -> read(result);
            case Act.End.NotBegun(var why) -> failed(why);
            case Act.End.Cancelled(var why) -> Outcome.ended(Status.CANCELLED, why);
            case Act.End.Unknown(var why) -> Outcome.ended(Status.UNKNOWN, why);
        };
    }

    private static Outcome read(byte[] result) {
        try {
            return OutcomeFormat.read(result);
        } catch (DamagedDocument _) {
            return Outcome.ended(
                    Status.UNKNOWN, "the agent says something of its end that cannot be read");
        }
    }
}
