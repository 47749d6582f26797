package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Want;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/// All orders that somebody wants and nobody has settled, and the agents that have them. For one
/// thread.
///
/// For each order it holds: an agent is sent it only while no other agent may have it; it is
/// answered at most once each time that it is wanted, and always the same; its end is answered, and
/// the agent told so, only with a row that says the same. Everything that was wanted is to be
/// settled at last, also what nobody began: until then its end is remembered.
public final class Dispatcher {
    private static final Act.End NOT_HAD =
            new Act.End.Cancelled("cancelled before an agent had it");

    private final DispatchLimits limits;
    private final long shardEpoch;
    private final Agents agents = new Agents();
    private final Insight insight = new Insight(agents);
    private final Map<String, Entry> entries = new HashMap<>();
    private final Waiting waiting = new Waiting();
    private final Alarms alarms = new Alarms();

    /// Orders whose alarms may be others now.
    private final Set<String> touched = new HashSet<>();

    private Instant now = Instant.MIN;
    private List<Act> acts = new ArrayList<>();

    /// @param shardEpoch under which orders are given from now on
    public Dispatcher(DispatchLimits limits, long shardEpoch) {
        this.limits = limits;
        this.shardEpoch = shardEpoch;
    }

    /// Brings back what was kept; before anything else.
    public void restore(List<OrderRow> rows) {
        for (var row : rows) {
            var entry = new Entry(Optional.empty(), Optional.of(row));
            entries.put(row.id(), entry);
            agents.has(row);
            if (entry.isOut()) {
                entry.weighs = true;
                agents.takesSlot(row.agent());
            }
        }
    }

    /// What is to be done about what has happened.
    ///
    /// @param at never before that of an earlier input
    public List<Act> take(Instant at, Input input) {
        now = at;
        acts = new ArrayList<>();
        switch (input) {
            case Input.Wanted(var order) -> wanted(order);
            case Input.Withdrawn(var id) -> found(id).ifPresent(entry -> withdrawn(id, entry));
            case Input.Settled(var id) -> found(id).ifPresent(entry -> remove(id, entry));
            case Input.Known(var host) -> agents.known(host);
            case Input.Removed(var host) -> removed(host);
            case Input.Came(var host, long epoch, var held) -> came(host, epoch, held);
            case Input.Left e -> left(e.host(), e.epoch(), e.unheard());
            case Input.Accepted e -> accepted(e);
            case Input.Declined e -> declined(e);
            case Input.Ended e -> ended(e);
            case Input.Tick _ -> tick();
        }
        placeAll();
        touched.forEach(id -> alarms.set(id, found(id).flatMap(Entry::due)));
        touched.clear();
        return acts;
    }

    /// When a [Input.Tick] is due next.
    public Optional<Instant> next() {
        return alarms.next();
    }

    /// How many orders and agents it remembers something of.
    int size() {
        return entries.size() + waiting.size() + agents.withOrders();
    }

    /// How it stands with an order, in one sentence; empty when there is none.
    public String why(String id) {
        return found(id).map(insight::why).orElse("");
    }

    /// How it stands with all orders whose ids are meant.
    public List<OrderSight> sights(Predicate<String> ids) {
        return insight.sights(entries, ids);
    }

    private String obstacle(Entry entry) {
        return insight.obstacle(entry);
    }

    private Optional<Entry> found(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    // ---- those who want orders

    private void wanted(Order order) {
        var known = entries.get(order.id());
        if (known == null) {
            var entry = new Entry(Optional.of(order), Optional.empty());
            entries.put(order.id(), entry);
            await(order.id(), entry);
            return;
        }
        known.order = Optional.of(order);
        known.end.ifPresentOrElse(
                end -> acts.add(new Act.Answer(order.id(), end)), () -> wantedAgain(order, known));
    }

    private void wantedAgain(Order order, Entry entry) {
        if (entry.row.isEmpty()) {
            return;
        }
        var row = entry.kept();
        switch (row.state()) {
            case ENDED -> answer(entry, new Act.End.Done(row.agent(), row.result()));
            case GIVEN_UP -> answer(entry, new Act.End.Unknown(row.why()));
            case GIVEN, ACCEPTED -> {
                if (order.weightless()) {
                    lighten(entry);
                }
                var epoch = agents.session(row.agent());
                if (epoch.isEmpty()) {
                    away(entry, Duration.ZERO);
                } else if (row.state() == State.GIVEN) {
                    send(entry, epoch.get());
                }
            }
        }
    }

    private void withdrawn(String id, Entry entry) {
        if (waiting.remove(entry)) {
            answer(entry, NOT_HAD);
            return;
        }
        if (!entry.isOut() || entry.isWithdrawn()) {
            return;
        }
        entry.cancelBy = Optional.of(now.plus(limits.cancelMax()));
        touched.add(id);
        var epoch = agents.session(entry.kept().agent());
        if (epoch.isEmpty()) {
            forsake(entry);
        } else if (entry.kept().state() == State.GIVEN && entry.sentIn != epoch.get()) {
            giveUpUnheld(entry);
        } else {
            acts.add(new Act.Message.Cancel(entry.kept().agent(), epoch.get(), id));
        }
    }

    /// It was withdrawn, and its agent does not answer.
    private void forsake(Entry entry) {
        giveUp(
                entry,
                "cancelled while the agent %s is away, which ends it when it comes back"
                        .formatted(agents.name(entry.kept().agent())));
    }

    /// It was withdrawn, and its agent came without it. That is no proof that it will not have it:
    /// when the hello of an older connection comes late, it may still be on its way on a newer one.
    private void giveUpUnheld(Entry entry) {
        giveUp(
                entry,
                "cancelled, and the agent %s came without it"
                        .formatted(agents.name(entry.kept().agent())));
    }

    private void remove(String id, Entry entry) {
        entries.remove(id);
        waiting.remove(entry);
        touched.add(id);
        entry.row.ifPresent(row -> {
            agents.parted(row);
            acts.add(new Act.Drop(id));
            lighten(entry);
        });
        if (entry.isOut()) {
            // Whoever wanted it does not any more, and did not say so before.
            var host = entry.kept().agent();
            agents.session(host)
                    .ifPresent(epoch -> acts.add(new Act.Message.Forget(host, epoch, id)));
        }
    }

    // ---- placing

    private void await(String id, Entry entry) {
        entry.placeBy = Optional.of(now.plus(limits.placeMax()));
        touched.add(id);
        if (waiting.add(entry)) {
            boolean _ = place(entry, true);
        }
    }

    /// In the order in which they began to wait; those that ask for the same until one of them
    /// cannot be placed.
    private void placeAll() {
        if (!agents.areOthers() && agents.roomy().isEmpty()) {
            return;
        }
        var firsts = new PriorityQueue<Entry>(Comparator.comparingLong(entry -> entry.turn));
        firsts.addAll(waiting.firsts(agents.roomy()));
        while (!firsts.isEmpty()) {
            var entry = firsts.remove();
            var asks = Waiting.Asks.of(entry);
            if (place(entry, agents.areOthers())) {
                waiting.first(asks).ifPresent(firsts::add);
            }
        }
        agents.looked();
    }

    /// @param looking whether there may be nobody who fits
    /// @return false when it still waits
    private boolean place(Entry entry, boolean looking) {
        var order = entry.wanted();
        var taker = agents.taker(order, entry.want());
        if (taker.isPresent()) {
            give(order.id(), entry, taker.get().host(), taker.get().why());
            return true;
        }
        if (looking && !agents.anyFits(entry.want())) {
            var why = obstacle(entry);
            waiting.remove(entry);
            answer(entry, new Act.End.NotBegun(why));
            return true;
        }
        return false;
    }

    private void give(String id, Entry entry, String host, String why) {
        var order = entry.wanted();
        waiting.remove(entry);
        entry.placeBy = Optional.empty();
        keep(
                entry,
                new OrderRow(
                        id,
                        order.run(),
                        host,
                        State.GIVEN,
                        "given to %s: %s".formatted(agents.name(host), why),
                        new byte[0],
                        shardEpoch,
                        now));
        agents.has(entry.kept());
        if (!order.weightless()) {
            entry.weighs = true;
            agents.takesSlot(host);
        }
        entry.sentIn = 0;
        agents.session(host).ifPresent(epoch -> send(entry, epoch));
    }

    /// Once in a session: an agent that has declined it might take it when it comes again, and
    /// another may have it then.
    private void send(Entry entry, long epoch) {
        if (entry.order.isPresent() && entry.sentIn != epoch) {
            entry.sentIn = epoch;
            acts.add(new Act.Message.Send(entry.kept().agent(), epoch, entry.wanted()));
        }
    }

    private void lighten(Entry entry) {
        if (entry.weighs) {
            entry.weighs = false;
            agents.freesSlot(entry.kept().agent());
        }
    }

    // ---- agents

    private void removed(String host) {
        for (var entry : out(host)) {
            giveUp(entry, "the agent %s was removed".formatted(agents.name(host)));
        }
        agents.gone(host);
    }

    private List<Entry> out(String host) {
        return agents.orders(host).stream().map(entries::get).filter(Entry::isOut).toList();
    }

    private void came(String host, long epoch, Map<String, Boolean> held) {
        if (!agents.comes(host, epoch)) {
            return;
        }
        for (var entry : out(host)) {
            entry.lostAt = Optional.empty();
            touched.add(entry.kept().id());
            compare(entry, epoch, held.containsKey(entry.kept().id()));
        }
        for (var id : held.keySet()) {
            compare(host, epoch, id);
        }
    }

    private void compare(Entry entry, long epoch, boolean held) {
        var row = entry.kept();
        if (held) {
            if (row.state() == State.GIVEN) {
                keep(entry, row.now(State.ACCEPTED));
            }
            if (entry.isWithdrawn()) {
                acts.add(new Act.Message.Cancel(row.agent(), epoch, row.id()));
            }
        } else if (row.state() == State.ACCEPTED) {
            giveUp(
                    entry,
                    "the agent %s has no record of it any more"
                            .formatted(agents.name(row.agent())));
        } else if (entry.isWithdrawn()) {
            giveUpUnheld(entry);
        } else {
            send(entry, epoch);
        }
    }

    /// What an agent has that it should not, or not any more.
    private void compare(String host, long epoch, String id) {
        var row = found(id).flatMap(entry -> entry.row).filter(r -> r.agent().equals(host));
        if (row.isEmpty() || row.get().state() == State.GIVEN_UP) {
            acts.add(new Act.Message.Forget(host, epoch, id));
        } else if (row.get().state() == State.ENDED) {
            acts.add(new Act.Message.Taken(host, epoch, id));
        }
    }

    private void left(String host, long epoch, Duration unheard) {
        if (!agents.leaves(host, epoch)) {
            return;
        }
        for (var entry : out(host)) {
            if (entry.isWithdrawn()) {
                forsake(entry);
            } else {
                away(entry, unheard);
            }
        }
    }

    /// As long as nobody wants it, nobody has to be told that its end is not known.
    private void away(Entry entry, Duration unheard) {
        if (entry.order.isPresent() && entry.lostAt.isEmpty()) {
            var left = limits.patience(entry.wanted()).minus(unheard);
            entry.lostAt = Optional.of(left.isNegative() ? now : now.plus(left));
            touched.add(entry.kept().id());
        }
    }

    private Optional<Entry> current(String host, long epoch, String id) {
        return agents.isCurrent(host, epoch)
                ? found(id).filter(e -> e.row.filter(r -> r.agent().equals(host)).isPresent())
                : Optional.empty();
    }

    private void accepted(Input.Accepted e) {
        current(e.host(), e.epoch(), e.id())
                .filter(entry -> entry.kept().state() == State.GIVEN)
                .ifPresent(entry -> keep(entry, entry.kept().now(State.ACCEPTED)));
    }

    private void declined(Input.Declined e) {
        var entry =
                current(e.host(), e.epoch(), e.id())
                        .filter(each -> each.kept().state() == State.GIVEN);
        if (entry.isEmpty()) {
            return;
        }
        var declined = entry.get();
        takeBack(e.id(), declined);
        if (declined.order.isEmpty()) {
            // Whoever wants it will say so again; nobody has it.
            entries.remove(e.id());
            touched.add(e.id());
            return;
        }
        if (declined.isWithdrawn()) {
            answer(declined, NOT_HAD);
            return;
        }
        declined.refusedBy.add(e.host());
        var why = "%s does not take it: %s".formatted(agents.name(e.host()), e.why());
        if (declined.wanted().want() instanceof Want.Named) {
            answer(declined, new Act.End.NotBegun(why));
            return;
        }
        declined.refusal = "; " + why;
        await(e.id(), declined);
    }

    /// Its agent does not have it, and will not.
    private void takeBack(String id, Entry entry) {
        lighten(entry);
        agents.parted(entry.kept());
        entry.row = Optional.empty();
        touched.add(id);
        acts.add(new Act.Drop(id));
    }

    private void ended(Input.Ended e) {
        var entry = current(e.host(), e.epoch(), e.id());
        if (entry.isEmpty() || entry.get().kept().state() == State.GIVEN_UP) {
            if (agents.isCurrent(e.host(), e.epoch())) {
                acts.add(new Act.Message.Forget(e.host(), e.epoch(), e.id()));
            }
            return;
        }
        var ended = entry.get();
        if (ended.kept().state() != State.ENDED) {
            keep(ended, ended.kept().endedWith(e.result()));
            lighten(ended);
            answer(ended, new Act.End.Done(e.host(), ended.kept().result()));
        }
        acts.add(new Act.Message.Taken(e.host(), e.epoch(), e.id()));
    }

    // ---- time

    private void tick() {
        for (var id = alarms.ring(now); id.isPresent(); id = alarms.ring(now)) {
            var ringing = id.get();
            touched.add(ringing);
            found(ringing).ifPresent(this::rings);
        }
    }

    private void rings(Entry entry) {
        if (isDue(entry.placeBy) && waiting.remove(entry)) {
            answer(
                    entry,
                    new Act.End.NotBegun(
                            "no agent took it within %d s; %s"
                                    .formatted(limits.placeMax().toSeconds(), obstacle(entry))));
        } else if (isDue(entry.cancelBy) && entry.isOut()) {
            giveUp(
                    entry,
                    "cancelled, but the agent %s does not say that it has ended"
                            .formatted(agents.name(entry.kept().agent())));
        } else if (isDue(entry.lostAt) && entry.isOut()) {
            giveUp(
                    entry,
                    "the agent %s went away and did not come back within %d s"
                            .formatted(
                                    agents.name(entry.kept().agent()),
                                    limits.patience(entry.wanted()).toSeconds()));
        }
    }

    private boolean isDue(Optional<Instant> at) {
        return at.filter(due -> !due.isAfter(now)).isPresent();
    }

    // ---- what comes of it

    private void keep(Entry entry, OrderRow row) {
        entry.row = Optional.of(row);
        touched.add(row.id());
        acts.add(new Act.Keep(row));
    }

    private void giveUp(Entry entry, String why) {
        keep(entry, entry.kept().givenUp(why));
        lighten(entry);
        answer(entry, entry.isWithdrawn() ? new Act.End.Cancelled(why) : new Act.End.Unknown(why));
    }

    private void answer(Entry entry, Act.End end) {
        entry.end = Optional.of(end);
        entry.order.ifPresent(order -> {
            touched.add(order.id());
            acts.add(new Act.Answer(order.id(), end));
        });
    }
}
