package dev.sloth.core.dispatch;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// When somebody has to look again at an order or at an agent: one time for each, or none.
final class Alarms {
    private record Alarm(Instant at, String id) {}

    private final Map<String, Alarm> set = new HashMap<>();
    private final TreeSet<Alarm> inOrder =
            new TreeSet<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::id));

    /// In the place of the one that was set for this id.
    void set(String id, Optional<Instant> at) {
        var before = set.remove(id);
        if (before != null) {
            inOrder.remove(before);
        }
        at.map(when -> new Alarm(when, id))
                .ifPresent(alarm -> {
                    set.put(id, alarm);
                    inOrder.add(alarm);
                });
    }

    /// Those for which one is set.
    Set<String> ids() {
        return set.keySet();
    }

    Optional<Instant> next() {
        return inOrder.isEmpty() ? Optional.empty() : Optional.of(inOrder.first().at());
    }

    /// One that is to be looked at now, whose alarm is not set any more.
    Optional<String> ring(Instant now) {
        if (inOrder.isEmpty() || inOrder.first().at().isAfter(now)) {
            return Optional.empty();
        }
        var alarm = inOrder.removeFirst();
        set.remove(alarm.id());
        return Optional.of(alarm.id());
    }
}
