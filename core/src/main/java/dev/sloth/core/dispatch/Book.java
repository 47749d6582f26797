package dev.sloth.core.dispatch;

import dev.sloth.core.store.cluster.OrderRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All orders, and what is to be done about them in this turn. Whatever comes of an order goes
/// through here: so a row that changes is kept, an end is remembered before it is answered, and an
/// order whose time may be another is looked at in time.
final class Book {
    private static final Act.End NOT_HAD =
            new Act.End.Cancelled("cancelled before an agent had it");

    private final Agents agents;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Alarms alarms = new Alarms();

    /// Orders whose alarms may be others now.
    private final Set<String> touched = new HashSet<>();

    private Instant now = Instant.MIN;
    private List<Act> acts = new ArrayList<>();

    Book(Agents agents) {
        this.agents = agents;
    }

    // ---- turns

    void open(Instant at) {
        now = at;
        acts = new ArrayList<>();
    }

    /// @return what is to be done
    List<Act> close() {
        touched.forEach(id -> alarms.set(id, found(id).flatMap(Entry::due)));
        touched.clear();
        return acts;
    }

    Instant now() {
        return now;
    }

    boolean isDue(Optional<Instant> at) {
        return at.filter(due -> !due.isAfter(now)).isPresent();
    }

    /// When somebody has to look again.
    Optional<Instant> next() {
        return alarms.next();
    }

    /// An order whose time has come; each once.
    Optional<String> ring() {
        var ringing = alarms.ring(now);
        ringing.ifPresent(this::touch);
        return ringing;
    }

    void act(Act act) {
        acts.add(act);
    }

    // ---- orders

    Map<String, Entry> entries() {
        return entries;
    }

    Optional<Entry> found(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    void add(String id, Entry entry) {
        entries.put(id, entry);
    }

    void remove(String id) {
        entries.remove(id);
        touch(id);
    }

    /// Those that an agent may have.
    List<Entry> out(String host) {
        return agents.orders(host).stream().map(entries::get).filter(Entry::isOut).toList();
    }

    /// Its time may be another.
    void touch(String id) {
        touched.add(id);
    }

    // ---- what comes of one

    void keep(Entry entry, OrderRow row) {
        entry.row = Optional.of(row);
        touch(row.id());
        act(new Act.Keep(row));
    }

    /// No agent has it any more, or will.
    void drop(String id, Entry entry) {
        lighten(entry);
        agents.parted(entry.kept());
        act(new Act.Drop(id));
    }

    /// Once in a session: an agent that has declined it might take it when it comes again, and
    /// another may have it then.
    void send(Entry entry, long epoch) {
        if (entry.order.isPresent() && entry.sentIn != epoch) {
            entry.sentIn = epoch;
            act(new Act.Message.Send(entry.kept().agent(), epoch, entry.wanted()));
        }
    }

    void weigh(Entry entry) {
        entry.weighs = true;
        agents.takesSlot(entry.kept().agent());
    }

    void lighten(Entry entry) {
        if (entry.weighs) {
            entry.weighs = false;
            agents.freesSlot(entry.kept().agent());
        }
    }

    void giveUp(Entry entry, String why) {
        keep(entry, entry.kept().givenUp(why));
        lighten(entry);
        answer(entry, entry.isWithdrawn() ? new Act.End.Cancelled(why) : new Act.End.Unknown(why));
    }

    /// It was withdrawn in time.
    void notHad(Entry entry) {
        answer(entry, NOT_HAD);
    }

    void answer(Entry entry, Act.End end) {
        entry.end = Optional.of(end);
        entry.order.ifPresent(order -> {
            touch(order.id());
            act(new Act.Answer(order.id(), end));
        });
    }
}
