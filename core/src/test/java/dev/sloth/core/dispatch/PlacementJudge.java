package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Host;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Complains, after each thing that happened, when an order waits that an agent could take, or is
/// given to one that is away, rests or ends. Knows what the dispatcher was told since it was made,
/// and nothing else.
final class PlacementJudge {
    private final Map<String, Order> waiting = new HashMap<>();
    private final Map<String, Order> wanted = new HashMap<>();
    private final Map<String, OrderRow> rows = new HashMap<>();
    private final Map<String, Host> hosts = new HashMap<>();
    private final Map<String, Long> sessions = new HashMap<>();
    private final Set<String> here = new HashSet<>();
    private final Set<String> leaving = new HashSet<>();
    private final Map<String, Instant> resting = new HashMap<>();
    private final Map<String, Set<String>> refusals = new HashMap<>();

    private final Duration rest;

    /// @param rest how long one rests that could not take an order for now
    PlacementJudge(Duration rest, List<OrderRow> kept, List<Host> known) {
        this.rest = rest;
        kept.forEach(row -> rows.put(row.id(), row));
        known.forEach(host -> hosts.put(host.id(), host));
    }

    void decides(Instant at, Input input, List<Act> acts) {
        switch (input) {
            case Input.Wanted(var order) -> {
                wanted.put(order.id(), order);
                if (!rows.containsKey(order.id())) {
                    waiting.put(order.id(), order);
                }
            }
            case Input.Settled(var id) -> waiting.remove(id);
            case Input.Known(var host) -> hosts.put(host.id(), host);
            case Input.Removed(var host, _) -> {
                hosts.remove(host);
                here.remove(host);
            }
            case Input.Came(var host, long epoch, _) -> comes(host, epoch);
            case Input.Left(var host, long epoch, var _) -> leaves(host, epoch);
            case Input.Declined e -> declines(at, e);
            case Input.Tick _ -> resting.values().removeIf(until -> !until.isAfter(at));
            case Input.Withdrawn _, Input.Accepted _, Input.Ended _ -> {}
        }
        acts.forEach(act -> done(input, act));
        waiting.values().forEach(order -> hosts.values().forEach(host -> look(order, host)));
    }

    private void comes(String host, long epoch) {
        if (sessions.getOrDefault(host, 0L) < epoch) {
            sessions.put(host, epoch);
            here.add(host);
            leaving.remove(host);
            resting.remove(host);
        }
    }

    /// Of a session that is over it says nothing.
    private void declines(Instant at, Input.Declined e) {
        boolean current =
                here.contains(e.host()) && sessions.getOrDefault(e.host(), 0L) == e.epoch();
        switch (e.how()) {
            case NEVER -> refusals.computeIfAbsent(e.id(), _ -> new HashSet<>()).add(e.host());
            case FOR_NOW -> {
                if (current) {
                    resting.put(e.host(), at.plus(rest));
                }
            }
            case LEAVING -> {
                if (current) {
                    leaving.add(e.host());
                }
            }
        }
    }

    private void leaves(String host, long epoch) {
        if (sessions.getOrDefault(host, 0L) == epoch) {
            here.remove(host);
        }
    }

    private void done(Input input, Act act) {
        switch (act) {
            case Act.Keep(var row) -> {
                if (row.state() == State.GIVEN && !listens(row.agent())) {
                    throw new AssertionError(
                            "%s is given to %s, which is away or takes nothing"
                                    .formatted(row.id(), row.agent()));
                }
                rows.put(row.id(), row);
                waiting.remove(row.id());
            }
            case Act.Drop(var id) -> {
                rows.remove(id);
                if (input instanceof Input.Declined) {
                    waitsAgain(id);
                }
            }
            case Act.Answer(var id, _) -> waiting.remove(id);
            case Act.Message _ -> {}
        }
    }

    private void waitsAgain(String id) {
        var order = wanted.get(id);
        if (order != null) {
            waiting.put(id, order);
        }
    }

    private void look(Order order, Host host) {
        boolean could =
                listens(host.id())
                        && host.accepts()
                        && order.want().fits(host)
                        && !refusals.getOrDefault(order.id(), Set.of()).contains(host.id())
                        && (order.weightless() || busy(host) < host.slots());
        if (could) {
            throw new AssertionError(
                    "%s waits, which %s could take".formatted(order.id(), host.id()));
        }
    }

    private boolean listens(String host) {
        return here.contains(host) && !leaving.contains(host) && !resting.containsKey(host);
    }

    /// An order that nobody has asked for yet may need a slot.
    private long busy(Host host) {
        return rows.values().stream()
                .filter(row -> row.agent().equals(host.id()))
                .filter(row -> row.state() == State.GIVEN || row.state() == State.ACCEPTED)
                .filter(row -> !isWeightless(row.id()))
                .count();
    }

    private boolean isWeightless(String id) {
        var order = wanted.get(id);
        return order != null && order.weightless();
    }
}
