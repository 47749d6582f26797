package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Concurrency;
import java.time.Duration;
import java.util.ArrayDeque;

/// Those who wait for their turn at something, first come first served. Who gives it up grants it
/// to the first in line, so that nobody can slip in between.
final class Line {
    private static final class Place {
        private final Concurrency.Waiter waiter;
        private boolean granted;

        Place(Concurrency.Waiter waiter) {
            this.waiter = waiter;
        }
    }

    private final ArrayDeque<Place> places = new ArrayDeque<>();

    void await(Concurrency turns, String what) throws InterruptedException {
        var place = new Place(turns.waiter(what));
        places.add(place);
        try {
            while (!place.granted) {
                place.waiter.park(Duration.ZERO);
            }
        } finally {
            if (!place.granted) {
                places.remove(place);
            }
        }
    }

    /// Gives the first in line what it waits for; false when nobody waits.
    boolean grant() {
        var first = places.poll();
        if (first == null) {
            return false;
        }
        first.granted = true;
        first.waiter.wake();
        return true;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }
}
