package dev.sloth.core.dispatch;

import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// Finds an agent for each order that waits for one.
final class Placing {
    private final Book book;
    private final Agents agents;
    private final Insight insight;
    private final DispatchLimits limits;
    private final long shardEpoch;
    private final Waiting waiting = new Waiting();

    /// @param shardEpoch under which orders are given
    Placing(Book book, Agents agents, Insight insight, DispatchLimits limits, long shardEpoch) {
        this.book = book;
        this.agents = agents;
        this.insight = insight;
        this.limits = limits;
        this.shardEpoch = shardEpoch;
    }

    int size() {
        return waiting.size();
    }

    /// From now on it waits for an agent.
    void await(String id, Entry entry) {
        entry.placeBy = Optional.empty();
        awaitAgain(id, entry);
    }

    /// It waits for an agent as it did before: its time does not begin anew, so that it comes to an
    /// end however often it is declined. It stands behind those that ask for the same, of which
    /// another may be taken when this one is not.
    void awaitAgain(String id, Entry entry) {
        entry.placeBy = entry.placeBy.or(() -> Optional.of(book.now().plus(limits.placeMax())));
        book.touch(id);
        if (waiting.add(entry)) {
            boolean _ = place(entry, true);
        }
    }

    /// @return false when it did not wait
    boolean leaves(Entry entry) {
        return waiting.remove(entry);
    }

    /// It has waited for too long.
    void timeIsUp(Entry entry) {
        book.answer(
                entry,
                new Act.End.NotBegun(
                        "no agent took it within %d s; %s"
                                .formatted(
                                        limits.placeMax().toSeconds(), insight.obstacle(entry))));
    }

    /// In the order in which they began to wait; those that ask for the same until one of them
    /// cannot be placed.
    void placeAll() {
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
            var why = order.chosen().isEmpty() ? taker.get().why() : order.chosen();
            give(order.id(), entry, taker.get().host(), why);
            return true;
        }
        if (looking && !agents.anyFits(entry.want())) {
            var why = insight.obstacle(entry);
            waiting.remove(entry);
            book.answer(entry, new Act.End.NotBegun(why));
            return true;
        }
        return false;
    }

    private void give(String id, Entry entry, String host, String why) {
        var order = entry.wanted();
        waiting.remove(entry);
        book.keep(
                entry,
                new OrderRow(
                        id,
                        order.run(),
                        host,
                        State.GIVEN,
                        "given to %s: %s".formatted(agents.name(host), why),
                        new byte[0],
                        shardEpoch,
                        book.now()));
        agents.has(entry.kept());
        if (!order.weightless()) {
            book.weigh(entry);
        }
        entry.sentIn = 0;
        agents.session(host).ifPresent(epoch -> book.send(entry, epoch));
    }
}
