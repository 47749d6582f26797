package dev.sloth.core.schedule;

import dev.sloth.core.store.ScheduleRow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The instants that are due, sorted into those that are to fire and those that are not.
///
/// @param fires in order
/// @param considered up to where they were looked at
record Dues(List<Instant> fires, List<Skipped> skipped, Instant considered) {
    /// How many instants one look goes through; the next look goes on behind them.
    static final int LOOKED_AT_MAX = 200_000;

    /// Instants that are left out for one reason.
    record Skipped(Instant first, Instant last, long count, String why) {}

    static Dues of(Rules rules, ScheduleRow row, Instant now) {
        return new Sorting(rules, row, now).sort();
    }

    /// Goes through them from the first to the last.
    private static final class Sorting {
        private final Rules rules;
        private final ScheduleRow row;
        private final Instant now;
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<Instant> punctual = new ArrayList<>();

        /// Missed ones that may still be made up for.
        private final Deque<Instant> missed = new ArrayDeque<>();

        Sorting(Rules rules, ScheduleRow row, Instant now) {
            this.rules = rules;
            this.row = row;
            this.now = now;
        }

        Dues sort() {
            var considered = row.considered();
            int looked = 0;
            for (var at = due(considered); at.isPresent(); at = due(considered)) {
                if (looked++ >= LOOKED_AT_MAX && !isPunctual(at.get())) {
                    // Those after it decide whether these are made up for: they come again.
                    var resume = missed.isEmpty() ? considered : missed.peekFirst().minusNanos(1);
                    return new Dues(List.of(), skipped, resume);
                }
                take(at.get());
                considered = at.get();
            }
            var fires = new ArrayList<>(missed);
            fires.addAll(punctual);
            return new Dues(fires, skipped, considered);
        }

        private Optional<Instant> due(Instant after) {
            return rules.timing().next(after).filter(at -> !at.isAfter(now));
        }

        private boolean isPunctual(Instant at) {
            return Planner.lateness(at, now).compareTo(rules.policy().grace()) <= 0;
        }

        private void take(Instant at) {
            if (!at.isAfter(row.resumedAt())) {
                skip(at, "paused");
            } else if (rules.tooLate(at, now)) {
                skip(at, "missed, and later than the deadline");
            } else if (isPunctual(at)) {
                punctual.add(at);
            } else {
                missed.add(at);
                if (missed.size() > madeUpFor()) {
                    skip(missed.removeFirst(), "missed");
                }
            }
        }

        private int madeUpFor() {
            return switch (rules.policy().missed()) {
                case SKIP -> 0;
                case ONCE -> 1;
                case ALL -> rules.policy().catchUpMax();
            };
        }

        private void skip(Instant at, String why) {
            if (!skipped.isEmpty() && skipped.getLast().why().equals(why)) {
                var before = skipped.removeLast();
                skipped.add(new Skipped(before.first(), at, before.count() + 1, why));
            } else {
                skipped.add(new Skipped(at, at, 1, why));
            }
        }
    }
}
