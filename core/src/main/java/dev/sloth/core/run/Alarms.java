package dev.sloth.core.run;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// The timers of one run, soonest first. Used by one thread at a time.
final class Alarms {
    private record Alarm(Instant due, TimerId id) {}

    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Alarm::due));

    void set(TimerId id, Instant due) {
        alarms.add(new Alarm(due, id));
    }

    Optional<Instant> next() {
        return Optional.ofNullable(alarms.peek()).map(Alarm::due);
    }

    /// Takes out the next timer that is due.
    Optional<TimerId> due(Instant now) {
        return next().filter(due -> !due.isAfter(now)).map(_ -> alarms.remove().id());
    }
}
