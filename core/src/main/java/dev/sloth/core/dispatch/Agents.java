package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Choice;
import dev.sloth.core.balance.Considered;
import dev.sloth.core.balance.Host;
import dev.sloth.core.balance.Hosts;
import dev.sloth.core.balance.Want;
import dev.sloth.core.store.cluster.OrderRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The agents as those who may have orders: which are here, what they have, and which may be able
/// to take something now that they could not take before.
final class Agents {
    private final Hosts hosts = new Hosts();
    private final Sessions sessions = new Sessions();
    private final Map<String, Set<String>> given = new HashMap<>();

    /// What those are called that are gone, as long as there are orders that they had.
    private final Map<String, String> former = new HashMap<>();

    /// Those that take nothing until they have another session.
    private final Set<String> leaving = new HashSet<>();

    /// When those are tried again that take nothing for now.
    private final Alarms resting = new Alarms();

    private final Set<String> roomy = new HashSet<>();
    private boolean others;

    // ---- who there is

    void known(Host host) {
        changed(host.id());
        hosts.known(host);
        if (sessions.of(host.id()).isPresent()) {
            hosts.connected(host.id(), true);
        }
        changed(host.id());
        others = true;
    }

    void gone(String host) {
        changed(host);
        if (given.containsKey(host)) {
            hosts.name(host).ifPresent(name -> former.put(host, name));
        }
        sessions.gone(host);
        opens(host);
        hosts.gone(host);
        others = true;
    }

    /// @return false when the agent has had that session, or a later one
    boolean comes(String host, long epoch) {
        boolean news = sessions.begins(host, epoch);
        if (news) {
            opens(host);
            hosts.connected(host, true);
            changed(host);
        }
        return news;
    }

    /// Until it has another session.
    void takesNothing(String host) {
        leaving.add(host);
        resting.set(host, Optional.empty());
        hosts.closed(host, true);
    }

    /// It takes nothing until then, unless it has another session before.
    void rests(String host, Instant until) {
        if (!leaving.contains(host)) {
            resting.set(host, Optional.of(until));
            hosts.closed(host, true);
        }
    }

    /// When the next has rested.
    Optional<Instant> next() {
        return resting.next();
    }

    /// Whoever has rested by now may have orders again.
    void wake(Instant now) {
        for (var host = resting.ring(now); host.isPresent(); host = resting.ring(now)) {
            hosts.closed(host.get(), false);
            changed(host.get());
        }
    }

    /// Those that take nothing until they have another session, or have rested.
    Set<String> closed() {
        var closed = new HashSet<>(leaving);
        closed.addAll(resting.ids());
        return Set.copyOf(closed);
    }

    private void opens(String host) {
        leaving.remove(host);
        resting.set(host, Optional.empty());
        hosts.closed(host, false);
    }

    /// @return false when that is not the session that the agent has
    boolean leaves(String host, long epoch, Instant unheardSince) {
        boolean news = sessions.ends(host, epoch);
        if (news) {
            hosts.away(host, unheardSince);
        }
        return news;
    }

    /// The epoch of the session that it has.
    Optional<Long> session(String host) {
        return sessions.of(host);
    }

    boolean isCurrent(String host, long epoch) {
        return sessions.isCurrent(host, epoch);
    }

    /// What people call it.
    String name(String host) {
        return hosts.name(host).orElseGet(() -> former.getOrDefault(host, host));
    }

    // ---- what they have

    void has(OrderRow row) {
        given.computeIfAbsent(row.agent(), _ -> new LinkedHashSet<>()).add(row.id());
    }

    void parted(OrderRow row) {
        var left = given.getOrDefault(row.agent(), Set.of());
        left.remove(row.id());
        if (left.isEmpty()) {
            given.remove(row.agent());
            former.remove(row.agent());
        }
    }

    /// The orders of which it has had a row, and still has.
    List<String> orders(String host) {
        return List.copyOf(given.getOrDefault(host, Set.of()));
    }

    void takesSlot(String host) {
        hosts.took(host);
    }

    void freesSlot(String host) {
        hosts.gave(host);
        changed(host);
    }

    int withOrders() {
        return given.size();
    }

    // ---- who takes something

    Optional<Choice.Chosen> taker(Order order, Want want) {
        return hosts.taker(want, order.weightless());
    }

    boolean anyFits(Want want) {
        return hosts.anyFits(want);
    }

    /// Why nobody takes it now.
    String obstacle(Order order, Want want) {
        return hosts.choose(want, order.weightless()).why();
    }

    /// All agents, by why they are out.
    ///
    /// @param named how many are named at most for each reason
    List<Considered> considered(Order order, Want want, int named) {
        return hosts.considered(want, order.weightless(), named);
    }

    /// Since when the agent of this name is away; nothing when it is here, or that is not known.
    Optional<Instant> awaySince(String name) {
        return hosts.awaySince(name);
    }

    private void changed(String host) {
        hosts.name(host).ifPresent(roomy::add);
    }

    /// The names of those that may be able to take more than when it was looked last.
    Set<String> roomy() {
        return roomy;
    }

    /// Whether there may be nobody who fits where there was before.
    boolean areOthers() {
        return others;
    }

    /// What waits was looked at.
    void looked() {
        roomy.clear();
        others = false;
    }
}
