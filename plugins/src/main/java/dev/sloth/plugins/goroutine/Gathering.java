package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Keeper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Those who wait until something holds: all are woken, and each looks again for itself.
final class Gathering {
    private final List<Concurrency.Waiter> waiting = new ArrayList<>();

    boolean await(String what, BooleanSupplier done, Limit limit) throws InterruptedException {
        return await(() -> what, done, limit);
    }

    /// Waits until `done` holds; false when the time was up before.
    ///
    /// @param what it waits for, asked when the script is found in deadlock
    boolean await(Supplier<String> what, BooleanSupplier done, Limit limit)
            throws InterruptedException {
        while (!done.getAsBoolean()) {
            if (limit.over()) {
                return false;
            }
            var waiter = limit.turns().waiter(what, Keeper.NOTHING);
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
