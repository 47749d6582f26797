package dev.sloth.master.dispatch;

import dev.sloth.core.balance.Host;
import dev.sloth.core.balance.Want;
import dev.sloth.core.dispatch.Act;
import dev.sloth.core.dispatch.DispatchLimits;
import dev.sloth.core.dispatch.Dispatcher;
import dev.sloth.core.dispatch.Input;
import dev.sloth.core.dispatch.Order;
import dev.sloth.core.dispatch.OrderSight;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.cluster.AgentRow;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.cluster.ClusterTables;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.master.session.Attendance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All agents as one that does orders. Safe for use by many threads.
public final class Fleet implements Attendance, AutoCloseable {
    /// How many things that happened are decided about in one step, and kept in one commit.
    private static final int STEP_MAX = 1_000;

    /// How many things that happened may wait to be decided about; whoever brings more waits.
    private static final int WAITING_MAX = 200_000;

    /// How long until it is looked again whether time has passed.
    private static final Duration LOOK = Duration.ofMillis(500);

    /// How long until a store that does not work is tried again.
    private static final Duration FAULT_PAUSE = Duration.ofSeconds(1);

    /// How long whoever asks how it stands waits for an answer.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final ClusterStore store;
    private final DispatchLimits limits;
    private final long shardEpoch;
    private final InstantSource time;
    private final Consumer<StoreFailure> trouble;
    private final LinkedBlockingQueue<Input> inbox = new LinkedBlockingQueue<>(WAITING_MAX);
    private final Map<String, CompletableFuture<Act.End>> askers = new ConcurrentHashMap<>();
    private final Map<String, Host> hosts = new ConcurrentHashMap<>();

    /// The epochs of the sessions of those who are here.
    private final Map<String, Long> here = new ConcurrentHashMap<>();

    /// Those that take nothing for now, as they have said themselves.
    private volatile Set<String> resting = Set.of();

    private final Map<String, OrderRow> out = new ConcurrentHashMap<>();
    private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean closed;
    private Optional<Thread> thread = Optional.empty();

    // of the one thread
    private Dispatcher dispatcher;
    private Ways ways = new Ways(_ -> {}, () -> {});

    /// What happened in a step that could not be kept, and that nobody will say again.
    private List<Input> again = List.of();

    /// @param shardEpoch under which orders are given
    /// @param time that only goes forward
    /// @param trouble hears when the store does not work
    public Fleet(
            ClusterStore store,
            DispatchLimits limits,
            long shardEpoch,
            InstantSource time,
            Consumer<StoreFailure> trouble) {
        this.store = store;
        this.limits = limits;
        this.shardEpoch = shardEpoch;
        this.time = time;
        this.trouble = trouble;
        this.dispatcher = restored();
    }

    /// The ways to agents.
    ///
    /// @param send must not block
    /// @param sendAway ends all sessions: the agents come back
    public record Ways(Consumer<Act.Message> send, Runnable sendAway) {}

    /// Begins; once.
    public void start(Ways to) {
        ways = to;
        thread = Optional.of(Thread.ofPlatform().daemon().name("dispatcher").start(this::run));
    }

    private Dispatcher restored() {
        var fresh = new Dispatcher(limits, shardEpoch);
        var rows = store.read(ClusterTables::orders);
        // Whoever looks meanwhile finds what there is: no agent may take an order to be gone.
        rows.forEach(row -> out.put(row.id(), row));
        var ids = rows.stream().map(OrderRow::id).collect(Collectors.toSet());
        var _ = out.keySet().retainAll(ids);
        fresh.restore(rows);
        hosts.values().forEach(host -> fresh.take(time.instant(), new Input.Known(host)));
        return fresh;
    }

    // ---- those who want something

    /// Has an order done, or goes on waiting for one that was wanted before. When the thread is
    /// interrupted the order is withdrawn, and its end is waited for, which comes within limits.
    ///
    /// @throws StoreFailure when nobody can keep what comes of it
    public Act.End perform(Order order) {
        var waiting = new CompletableFuture<Act.End>();
        askers.put(order.id(), waiting);
        post(new Input.Wanted(order));
        if (closed) {
            throw ended();
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return waiting.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                    post(new Input.Withdrawn(order.id()));
                } catch (ExecutionException e) {
                    throw again(e);
                }
            }
        } finally {
            askers.remove(order.id(), waiting);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException again(ExecutionException e) {
        if (e.getCause() instanceof StoreFailure failure) {
            return new StoreFailure(
                    failure.reason(), String.valueOf(failure.getMessage()), failure);
        }
        return new IllegalStateException("the dispatcher failed", e);
    }

    /// Whoever wanted the order has kept its end: nothing of it needs to be known any more.
    public void settled(String order) {
        post(new Input.Settled(order));
    }

    /// Who has an order, and how it stands; nothing when nobody has it.
    public Optional<OrderRow> row(String order) {
        return Optional.ofNullable(out.get(order));
    }

    /// The orders of a run that somebody has or has had, and that are not settled.
    public List<OrderRow> rows(String run) {
        return out.values().stream().filter(row -> row.run().equals(run)).toList();
    }

    /// All of them.
    public List<OrderRow> rows() {
        return List.copyOf(out.values());
    }

    /// What people call an agent.
    public String name(String agent) {
        var host = hosts.get(agent);
        return host == null ? formerName(agent) : host.name();
    }

    /// Those of these names that no agent has.
    public List<String> strangers(List<String> names) {
        var known = hosts.values().stream().map(Host::name).collect(Collectors.toSet());
        return names.stream().filter(name -> !known.contains(name)).toList();
    }

    /// Those that are refused for ever have their rows still.
    private String formerName(String agent) {
        return store.read(tables -> tables.agent(agent)).map(AgentRow::name).orElse(agent);
    }

    /// Some agents of those that fit.
    ///
    /// @param names what they are called
    /// @param fitting how many fit
    public record Several(List<String> names, int fitting) {
        public Several {
            names = List.copyOf(names);
        }
    }

    /// So many agents that fit, or as many as there are: those that can take something first, and
    /// of them the least busy.
    ///
    /// @param chosen the names of those who are among them in any case
    public Several leastBusy(Want want, int count, List<String> chosen) {
        var busy = new HashMap<String, Integer>();
        for (var row : out.values()) {
            if (row.state() == OrderRow.State.GIVEN || row.state() == OrderRow.State.ACCEPTED) {
                busy.merge(row.agent(), 1, Integer::sum);
            }
        }
        var fitting = hosts.values().stream().filter(want::fits).toList();
        var others =
                fitting.stream()
                        .filter(host -> !chosen.contains(host.name()))
                        .sorted(
                                Comparator.comparing((Host host) -> !takes(host))
                                        .thenComparingDouble(host ->
                                                (double) busy.getOrDefault(host.id(), 0)
                                                        / host.slots())
                                        .thenComparing(Host::name))
                        .map(Host::name);
        return new Several(
                Stream.concat(chosen.stream(), others).limit(count).toList(), fitting.size());
    }

    private boolean takes(Host host) {
        return host.accepts() && here.containsKey(host.id()) && !resting.contains(host.id());
    }

    /// How it stands with the orders of an attempt.
    ///
    /// @param attempt its id as a text
    /// @param named how many agents are named at most for each reason why they do not have one
    /// @throws StoreFailure when the dispatcher does not say so in time
    public List<OrderSight> sights(String attempt, int named) {
        return sights(id -> isOf(attempt, id), named);
    }

    /// How it stands with these orders; no agents are looked at for those that wait.
    ///
    /// @throws StoreFailure when the dispatcher does not say so in time
    public List<OrderSight> sights(Set<String> ids) {
        return sights(ids::contains, 0);
    }

    private List<OrderSight> sights(Predicate<String> ids, int named) {
        var answer = new CompletableFuture<List<OrderSight>>();
        questions.add(() -> {
            var _ = answer.complete(dispatcher.sights(ids, named));
        });
        post(new Input.Tick());
        try {
            return answer.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ended();
        } catch (ExecutionException e) {
            throw again(e);
        } catch (TimeoutException _) {
            throw new StoreFailure(
                    StoreFailure.Reason.BUSY, "the dispatcher does not say where orders are");
        }
    }

    /// Grows when it may stand in another way with some order.
    public long changes() {
        return changes.get();
    }

    /// An attempt has orders by its own name, or with a place behind it.
    private static boolean isOf(String attempt, String order) {
        return order.startsWith(attempt)
                && (order.length() == attempt.length()
                        || order.charAt(attempt.length()) == '@'
                        || order.charAt(attempt.length()) == '/');
    }

    // ---- what happens

    @Override
    public void known(Host host) {
        hosts.put(host.id(), host);
        post(new Input.Known(host));
    }

    @Override
    public void removed(String agent, AgentStanding as) {
        hosts.remove(agent);
        here.remove(agent);
        post(new Input.Removed(agent, as));
    }

    @Override
    public void came(String agent, long epoch, Map<String, Boolean> held) {
        here.put(agent, epoch);
        post(new Input.Came(agent, epoch, held));
    }

    @Override
    public void left(String agent, long epoch, Duration unheard) {
        boolean _ = here.remove(agent, epoch);
        post(new Input.Left(agent, epoch, unheard));
    }

    /// What an agent said of an order.
    public void heard(Input said) {
        post(said);
    }

    private void post(Input input) {
        boolean interrupted = false;
        while (!closed) {
            try {
                if (inbox.offer(input, LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the one thread

    private void run() {
        try {
            while (!closed) {
                step();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            fail(ended());
        }
    }

    private void step() throws InterruptedException {
        var happened = new ArrayList<>(again);
        var first = inbox.poll(untilNext().toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            happened.add(first);
            inbox.drainTo(happened, STEP_MAX - 1);
        }
        happened.add(new Input.Tick());
        try {
            var now = time.instant();
            var acts = new ArrayList<Act>();
            happened.forEach(input -> acts.addAll(dispatcher.take(now, input)));
            keep(acts);
            acts.forEach(this::perform);
            resting = dispatcher.closed();
            if (!acts.isEmpty() || !happened.stream().allMatch(Input.Tick.class::isInstance)) {
                var _ = changes.incrementAndGet();
            }
            for (var asked = questions.poll(); asked != null; asked = questions.poll()) {
                asked.run();
            }
            again = List.of();
        } catch (StoreFailure e) {
            recover(happened, e);
        } catch (RuntimeException e) {
            recover(
                    happened,
                    new StoreFailure(StoreFailure.Reason.BROKEN, "the dispatcher failed", e));
        }
    }

    /// Until time has to be told of, but not too long.
    private Duration untilNext() {
        return dispatcher
                .next()
                .map(due -> Duration.between(time.instant(), due))
                .filter(left -> left.compareTo(LOOK) < 0)
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(LOOK);
    }

    /// Who wants something says so again, and so do agents; the others do not.
    private static boolean isSaidOnce(Input input) {
        return input instanceof Input.Settled || input instanceof Input.Removed;
    }

    private void keep(List<Act> acts) {
        var last = new LinkedHashMap<String, Act>();
        for (var act : acts) {
            if (act instanceof Act.Keep(var row)) {
                last.put(row.id(), act);
            } else if (act instanceof Act.Drop(var id)) {
                last.put(id, act);
            }
        }
        if (last.isEmpty()) {
            return;
        }
        boolean _ =
                store.write(tables -> {
                    last.values().forEach(act -> keep(tables, act));
                    return true;
                });
    }

    private static void keep(ClusterTables tables, Act act) {
        if (act instanceof Act.Keep(var row)) {
            tables.putOrder(row);
        } else if (act instanceof Act.Drop(var id)) {
            tables.removeOrder(id);
        }
    }

    private void perform(Act act) {
        switch (act) {
            case Act.Keep(var row) -> out.put(row.id(), row);
            case Act.Drop(var id) -> out.remove(id);
            case Act.Message message -> ways.send().accept(message);
            case Act.Answer(var id, var end) -> {
                var asker = askers.get(id);
                if (asker != null) {
                    asker.complete(end);
                }
            }
        }
    }

    /// Nothing of the step has happened: what was decided is forgotten, and begun anew from what is
    /// kept, with agents that come anew. Those who wait are told, since what they wait for may be
    /// forgotten too.
    private void recover(List<Input> happened, StoreFailure failure) throws InterruptedException {
        again = happened.stream().filter(Fleet::isSaidOnce).toList();
        trouble.accept(failure);
        fail(failure);
        while (!closed) {
            TimeUnit.MILLISECONDS.sleep(FAULT_PAUSE.toMillis());
            try {
                dispatcher = restored();
                break;
            } catch (StoreFailure e) {
                trouble.accept(e);
            }
        }
        ways.sendAway().run();
    }

    private static StoreFailure ended() {
        return new StoreFailure(StoreFailure.Reason.BROKEN, "the master ends");
    }

    private void fail(StoreFailure failure) {
        askers.values().forEach(asker -> asker.completeExceptionally(failure));
    }

    /// Whoever waits is told as if the store were broken, so that nothing is withdrawn: agents go
    /// on.
    @Override
    public void close() {
        closed = true;
        thread.ifPresent(Thread::interrupt);
    }
}
