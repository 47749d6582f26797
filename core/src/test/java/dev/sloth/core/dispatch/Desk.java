package dev.sloth.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.balance.Host;
import dev.sloth.core.balance.Want;
import dev.sloth.core.store.cluster.OrderRow;
import dev.sloth.core.store.cluster.OrderRow.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A dispatcher at work, in the words of the tests. Each word answers with what is to be done then.
final class Desk {
    static final DispatchLimits LIMITS = DispatchLimits.DEFAULT;

    private final Map<String, OrderRow> rows = new LinkedHashMap<>();
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<String, Long> epochs = new LinkedHashMap<>();
    private Dispatcher dispatcher = new Dispatcher(LIMITS, 1);
    private Instant now = Instant.EPOCH;

    static Order order(String id) {
        return order(id, new Want.Any());
    }

    static Order order(String id, Want want) {
        return new Order(id, "run", want, false, false, new byte[0]);
    }

    static Order on(String id, String host) {
        return order(id, new Want.Named(host));
    }

    static Order repeatable(String id) {
        return new Order(id, "run", new Want.Any(), true, false, new byte[0]);
    }

    static Order weightless(String id) {
        return new Order(id, "run", new Want.Any(), false, true, new byte[0]);
    }

    // ---- what happens

    List<Act> take(Input input) {
        var acts = dispatcher.take(now, input);
        for (var act : acts) {
            if (act instanceof Act.Keep(var row)) {
                rows.put(row.id(), row);
            } else if (act instanceof Act.Drop(var id)) {
                assertThat(rows.remove(id)).as("the row of %s", id).isNotNull();
            }
        }
        return acts;
    }

    /// An agent joins, whose name is its id, and has a session.
    List<Act> joins(String host, int slots) {
        known(new Host(host, host, List.of(), "", slots, true));
        return comes(host);
    }

    List<Act> known(Host host) {
        hosts.put(host.id(), host);
        return take(new Input.Known(host));
    }

    /// With the orders that it has, none of which has ended there.
    List<Act> comes(String host, String... held) {
        var all = new LinkedHashMap<String, Boolean>();
        for (var id : held) {
            all.put(id, false);
        }
        return take(new Input.Came(host, epochs.merge(host, 1L, Long::sum), all));
    }

    List<Act> leaves(String host) {
        return take(new Input.Left(host, epoch(host), Duration.ZERO));
    }

    List<Act> wanted(Order order) {
        return take(new Input.Wanted(order));
    }

    List<Act> withdrawn(String id) {
        return take(new Input.Withdrawn(id));
    }

    List<Act> settled(String id) {
        return take(new Input.Settled(id));
    }

    List<Act> accepted(String host, String id) {
        return take(new Input.Accepted(host, epoch(host), id));
    }

    List<Act> declined(String host, String id) {
        return take(new Input.Declined(host, epoch(host), id, "no", Declining.NEVER));
    }

    /// It cannot take anything just now.
    List<Act> declinesForNow(String host, String id) {
        return take(
                new Input.Declined(host, epoch(host), id, "its disk is full", Declining.FOR_NOW));
    }

    /// It ends.
    List<Act> declinesLeaving(String host, String id) {
        return take(new Input.Declined(host, epoch(host), id, "ending", Declining.LEAVING));
    }

    List<Act> ended(String host, String id) {
        return take(new Input.Ended(host, epoch(host), id, result(id)));
    }

    List<Act> passes(Duration time) {
        now = now.plus(time);
        return take(new Input.Tick());
    }

    /// Everything that is not kept is lost; all agents come anew.
    void restarts() {
        dispatcher = new Dispatcher(LIMITS, 2);
        dispatcher.restore(List.copyOf(rows.values()));
        hosts.values().forEach(host -> take(new Input.Known(host)));
    }

    // ---- what there is

    long epoch(String host) {
        return epochs.getOrDefault(host, 0L);
    }

    static byte[] result(String id) {
        return ("came of " + id).getBytes(StandardCharsets.UTF_8);
    }

    Optional<State> state(String id) {
        return Optional.ofNullable(rows.get(id)).map(OrderRow::state);
    }

    OrderRow row(String id) {
        return Optional.ofNullable(rows.get(id)).orElseThrow();
    }

    String why(String id) {
        return dispatcher.why(id);
    }

    OrderSight sight(String id) {
        return dispatcher.sights(id::equals, 1).getFirst();
    }

    Optional<Duration> next() {
        return dispatcher.next().map(at -> Duration.between(now, at));
    }

    // ---- what is to be done, in a few words

    /// All but the rows: `send a o1`, `cancel a o1`, `taken a o1`, `forget a o1`, `done o1`, ...
    static List<String> said(List<Act> acts) {
        var words = new ArrayList<String>();
        for (var act : acts) {
            switch (act) {
                case Act.Keep _, Act.Drop _ -> {}
                case Act.Message.Send(var host, _, var order) ->
                        words.add("send %s %s".formatted(host, order.id()));
                case Act.Message.Cancel(var host, _, var id) ->
                        words.add("cancel %s %s".formatted(host, id));
                case Act.Message.Taken(var host, _, var id) ->
                        words.add("taken %s %s".formatted(host, id));
                case Act.Message.Forget(var host, _, var id) ->
                        words.add("forget %s %s".formatted(host, id));
                case Act.Answer(var id, var end) -> words.add("%s %s".formatted(word(end), id));
            }
        }
        return words;
    }

    private static String word(Act.End end) {
        return switch (end) {
            case Act.End.Done _ -> "done";
            case Act.End.NotBegun _ -> "not begun";
            case Act.End.Cancelled _ -> "cancelled";
            case Act.End.Unknown _ -> "unknown";
        };
    }

    /// Why an order that is answered came to nothing.
    static String reason(List<Act> acts) {
        return acts.stream()
                .filter(Act.Answer.class::isInstance)
                .map(Act.Answer.class::cast)
                .map(answer -> answer.end().why())
                .findFirst()
                .orElseThrow();
    }
}
