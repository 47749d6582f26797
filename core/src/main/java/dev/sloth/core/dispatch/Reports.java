package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Want;
import dev.sloth.core.store.cluster.AgentStanding;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.util.Map;
import java.util.Optional;

/// What agents say of orders, and what follows from their coming and going.
final class Reports {
    private final Book book;
    private final Agents agents;
    private final Losses losses;
    private final Placing placing;
    private final DispatchLimits limits;

    Reports(Book book, Agents agents, Losses losses, Placing placing, DispatchLimits limits) {
        this.book = book;
        this.agents = agents;
        this.losses = losses;
        this.placing = placing;
        this.limits = limits;
    }

    // ---- coming and going

    void removed(String host, AgentStanding as) {
        book.out(host).forEach(entry -> losses.removed(entry, as));
        agents.gone(host);
    }

    void came(String host, long epoch, Map<String, Boolean> held) {
        if (!agents.comes(host, epoch)) {
            return;
        }
        for (var entry : book.out(host)) {
            entry.lostAt = Optional.empty();
            entry.awaySince = Optional.empty();
            book.touch(entry.kept().id());
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
                book.keep(entry, row.now(State.ACCEPTED));
            }
            if (entry.isWithdrawn()) {
                book.act(new Act.Message.Cancel(row.agent(), epoch, row.id()));
            }
        } else if (row.state() == State.ACCEPTED) {
            losses.forgotten(entry);
        } else if (entry.isWithdrawn()) {
            losses.unheld(entry);
        } else {
            book.send(entry, epoch);
        }
    }

    /// What an agent has that it should not, or not any more.
    private void compare(String host, long epoch, String id) {
        var row = book.found(id).flatMap(entry -> entry.row).filter(r -> r.agent().equals(host));
        if (row.isEmpty() || row.get().state() == State.GIVEN_UP) {
            book.act(new Act.Message.Forget(host, epoch, id));
        } else if (row.get().state() == State.ENDED) {
            book.act(new Act.Message.Taken(host, epoch, id));
        }
    }

    void left(Input.Left e) {
        if (!agents.leaves(e.host(), e.epoch(), book.now().minus(e.unheard()))) {
            return;
        }
        for (var entry : book.out(e.host())) {
            if (entry.isWithdrawn()) {
                losses.forsake(entry);
            } else {
                losses.away(entry, e.unheard());
            }
        }
    }

    // ---- what is said of one order

    private Optional<Entry> current(String host, long epoch, String id) {
        return agents.isCurrent(host, epoch)
                ? book.found(id).filter(e -> e.row.filter(r -> r.agent().equals(host)).isPresent())
                : Optional.empty();
    }

    void accepted(Input.Accepted e) {
        current(e.host(), e.epoch(), e.id())
                .filter(entry -> entry.kept().state() == State.GIVEN)
                .ifPresent(entry -> book.keep(entry, entry.kept().now(State.ACCEPTED)));
    }

    /// What an agent did not take was not begun. Unless it never will, the order waits as it did
    /// before: for the next start of that agent, or until it has rested, if it asks for it.
    void declined(Input.Declined e) {
        if (agents.isCurrent(e.host(), e.epoch())) {
            switch (e.how()) {
                case NEVER -> {}
                case FOR_NOW -> agents.rests(e.host(), book.now().plus(limits.rest()));
                case LEAVING -> agents.takesNothing(e.host());
            }
        }
        current(e.host(), e.epoch(), e.id())
                .filter(entry -> entry.kept().state() == State.GIVEN)
                .ifPresent(entry -> declined(e, entry));
    }

    private void declined(Input.Declined e, Entry entry) {
        book.drop(e.id(), entry);
        entry.row = Optional.empty();
        book.touch(e.id());
        if (entry.order.isEmpty()) {
            // Whoever wants it will say so again; nobody has it.
            book.remove(e.id());
            return;
        }
        if (entry.isWithdrawn()) {
            book.notHad(entry);
            return;
        }
        var why = "%s does not take it: %s".formatted(agents.name(e.host()), e.why());
        switch (e.how()) {
            case NEVER -> refused(e, entry, why);
            case FOR_NOW -> {
                entry.refusal = "; " + why;
                placing.awaitAgain(e.id(), entry);
            }
            case LEAVING -> placing.await(e.id(), entry);
        }
    }

    private void refused(Input.Declined e, Entry entry, String why) {
        entry.refusedBy.add(e.host());
        if (entry.wanted().want() instanceof Want.Named) {
            book.answer(entry, new Act.End.NotBegun(why));
            return;
        }
        entry.refusal = "; " + why;
        placing.await(e.id(), entry);
    }

    void ended(Input.Ended e) {
        var entry = current(e.host(), e.epoch(), e.id());
        if (entry.isEmpty() || entry.get().kept().state() == State.GIVEN_UP) {
            if (agents.isCurrent(e.host(), e.epoch())) {
                book.act(new Act.Message.Forget(e.host(), e.epoch(), e.id()));
            }
            return;
        }
        var ended = entry.get();
        if (ended.kept().state() != State.ENDED) {
            book.keep(ended, ended.kept().endedWith(e.result()));
            book.lighten(ended);
            book.answer(ended, new Act.End.Done(e.host(), ended.kept().result()));
        }
        book.act(new Act.Message.Taken(e.host(), e.epoch(), e.id()));
    }
}
