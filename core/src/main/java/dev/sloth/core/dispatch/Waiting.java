package dev.sloth.core.dispatch;

import dev.sloth.core.balance.Want;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Orders that wait for an agent. Those that ask for the same stand in one line: when the first
/// cannot be placed, none can. So what has to be looked at when an agent can take something is as
/// much as there are different wishes, however many orders wait.
final class Waiting {
    private final Map<Asks, LinkedHashMap<String, Entry>> lines = new HashMap<>();

    /// Those that do not ask for one agent by its name.
    private final Set<Asks> open = new HashSet<>();

    private long turns;

    /// What decides whether an order can be placed.
    record Asks(Want want, boolean weightless) {
        static Asks of(Entry entry) {
            return new Asks(entry.want(), entry.wanted().weightless());
        }
    }

    /// @return whether it is the first of its line
    boolean add(Entry entry) {
        var asks = Asks.of(entry);
        entry.turn = ++turns;
        entry.asks = Optional.of(asks);
        var line = lines.computeIfAbsent(asks, _ -> new LinkedHashMap<>());
        line.put(entry.wanted().id(), entry);
        if (!(asks.want() instanceof Want.Named)) {
            open.add(asks);
        }
        return line.size() == 1;
    }

    /// @return false when it did not wait
    boolean remove(Entry entry) {
        if (entry.asks.isEmpty()) {
            return false;
        }
        var asks = entry.asks.get();
        entry.asks = Optional.empty();
        var line = lines.get(asks);
        if (line != null) {
            line.remove(entry.wanted().id());
            if (line.isEmpty()) {
                lines.remove(asks);
                open.remove(asks);
            }
        }
        return true;
    }

    Optional<Entry> first(Asks asks) {
        return Optional.ofNullable(lines.get(asks)).map(line -> line.firstEntry().getValue());
    }

    /// The first of each line that one of these agents may concern.
    ///
    /// @param names what people call the agents
    List<Entry> firsts(Set<String> names) {
        var found = new ArrayList<Entry>();
        open.forEach(asks -> first(asks).ifPresent(found::add));
        for (var name : names) {
            var want = new Want.Named(name);
            first(new Asks(want, false)).ifPresent(found::add);
            first(new Asks(want, true)).ifPresent(found::add);
        }
        return found;
    }

    int size() {
        return lines.size() + open.size();
    }
}
