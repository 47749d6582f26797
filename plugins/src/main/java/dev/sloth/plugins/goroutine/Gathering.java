package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Concurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Those who wait until something holds: all are woken, and each looks again for itself.
final class Gathering {
    private final List<Concurrency.Waiter> waiting = new ArrayList<>();

    /// Waits until `done` holds; false when the time was up before.
    boolean await(String what, BooleanSupplier done, Limit limit) throws InterruptedException {
        while (!done.getAsBoolean()) {
            if (limit.over()) {
                return false;
            }
            var waiter = limit.turns().waiter(what);
            waiting.add(waiter);
            try {
                waiter.park(limit.left());
            } finally {
                waiting.remove(waiter);
            }
        }
        return true;
    }

    void wakeAll() {
        List.copyOf(waiting).forEach(Concurrency.Waiter::wake);
    }
}
