package dev.sloth.core.dispatch;

import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// All orders that somebody wants and nobody has settled, and the agents that have them. For one
/// thread.
///
/// For each order it holds: an agent is sent it only while no other agent may have it; it is
/// answered at most once each time that it is wanted, and always the same; its end is answered, and
/// the agent told so, only with a row that says the same. Everything that was wanted is to be
/// settled at last, also what nobody began: until then its end is remembered.
public final class Dispatcher {
    private final DispatchLimits limits;
    private final Agents agents = new Agents();
    private final Insight insight = new Insight(agents);
    private final Book book = new Book(agents);
    private final Placing placing;
    private final Losses losses;
    private final Reports reports;

    /// @param shardEpoch under which orders are given from now on
    public Dispatcher(DispatchLimits limits, long shardEpoch) {
        this.limits = limits;
        this.placing = new Placing(book, agents, insight, limits, shardEpoch);
        this.losses = new Losses(book, agents, limits);
        this.reports = new Reports(book, agents, losses, placing, limits);
    }

    /// Brings back what was kept; before anything else.
    public void restore(List<OrderRow> rows) {
        for (var row : rows) {
            var entry = new Entry(Optional.empty(), Optional.of(row));
            book.add(row.id(), entry);
            agents.has(row);
            if (entry.isOut()) {
                book.weigh(entry);
            }
        }
    }

    /// What is to be done about what has happened.
    ///
    /// @param at never before that of an earlier input
    public List<Act> take(Instant at, Input input) {
        book.open(at);
        switch (input) {
            case Input.Wanted(var order) -> wanted(order);
            case Input.Withdrawn(var id) -> book.found(id).ifPresent(entry -> withdrawn(id, entry));
            case Input.Settled(var id) -> book.found(id).ifPresent(entry -> settled(id, entry));
            case Input.Known(var host) -> agents.known(host);
            case Input.Removed(var host, var as) -> reports.removed(host, as);
            case Input.Came(var host, long epoch, var held) -> reports.came(host, epoch, held);
            case Input.Left e -> reports.left(e);
            case Input.Accepted e -> reports.accepted(e);
            case Input.Declined e -> reports.declined(e);
            case Input.Ended e -> reports.ended(e);
            case Input.Tick _ -> tick();
        }
        placing.placeAll();
        return book.close();
    }

    /// When a [Input.Tick] is due next.
    public Optional<Instant> next() {
        return Stream.of(book.next(), agents.next())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /// The agents that take nothing for now, as they have said themselves.
    public Set<String> closed() {
        return agents.closed();
    }

    /// How many orders and agents it remembers something of.
    int size() {
        return book.entries().size() + placing.size() + agents.withOrders();
    }

    /// How it stands with an order, in one sentence; empty when there is none.
    public String why(String id) {
        return book.found(id).map(insight::why).orElse("");
    }

    /// How it stands with all orders whose ids are meant.
    ///
    /// @param named how many agents are named at most for each reason why they do not have an order
    ///   that waits; with 0 none is looked at
    public List<OrderSight> sights(Predicate<String> ids, int named) {
        return insight.sights(book.entries(), ids, named);
    }

    // ---- those who want orders

    private void wanted(Order order) {
        var found = book.found(order.id());
        if (found.isEmpty()) {
            var entry = new Entry(Optional.of(order), Optional.empty());
            book.add(order.id(), entry);
            placing.await(order.id(), entry);
            return;
        }
        var known = found.get();
        known.order = Optional.of(order);
        known.end.ifPresentOrElse(
                end -> book.act(new Act.Answer(order.id(), end)), () -> wantedAgain(order, known));
    }

    private void wantedAgain(Order order, Entry entry) {
        if (entry.row.isEmpty()) {
            return;
        }
        var row = entry.kept();
        switch (row.state()) {
            case ENDED -> book.answer(entry, new Act.End.Done(row.agent(), row.result()));
            case GIVEN_UP -> book.answer(entry, new Act.End.Unknown(row.why()));
            case GIVEN, ACCEPTED -> {
                if (order.weightless()) {
                    book.lighten(entry);
                }
                var epoch = agents.session(row.agent());
                if (epoch.isEmpty()) {
                    losses.away(entry, Duration.ZERO);
                } else if (row.state() == State.GIVEN) {
                    book.send(entry, epoch.get());
                }
            }
        }
    }

    private void withdrawn(String id, Entry entry) {
        if (placing.leaves(entry)) {
            book.notHad(entry);
            return;
        }
        if (!entry.isOut() || entry.isWithdrawn()) {
            return;
        }
        entry.cancelBy = Optional.of(book.now().plus(limits.cancelMax()));
        book.touch(id);
        var epoch = agents.session(entry.kept().agent());
        if (epoch.isEmpty()) {
            losses.forsake(entry);
        } else if (entry.kept().state() == State.GIVEN && entry.sentIn != epoch.get()) {
            losses.unheld(entry);
        } else {
            book.act(new Act.Message.Cancel(entry.kept().agent(), epoch.get(), id));
        }
    }

    private void settled(String id, Entry entry) {
        book.remove(id);
        boolean _ = placing.leaves(entry);
        if (entry.row.isPresent()) {
            book.drop(id, entry);
        }
        if (entry.isOut()) {
            // Whoever wanted it does not any more, and did not say so before.
            var host = entry.kept().agent();
            agents.session(host)
                    .ifPresent(epoch -> book.act(new Act.Message.Forget(host, epoch, id)));
        }
    }

    // ---- time

    private void tick() {
        for (var id = book.ring(); id.isPresent(); id = book.ring()) {
            book.found(id.get()).ifPresent(this::rings);
        }
        // Last, so that what has waited for too long can say what for.
        agents.wake(book.now());
    }

    private void rings(Entry entry) {
        if (book.isDue(entry.placeBy) && placing.leaves(entry)) {
            placing.timeIsUp(entry);
        } else if (book.isDue(entry.cancelBy) && entry.isOut()) {
            losses.goesOn(entry);
        } else if (book.isDue(entry.lostAt) && entry.isOut()) {
            losses.stayedAway(entry);
        }
    }
}
