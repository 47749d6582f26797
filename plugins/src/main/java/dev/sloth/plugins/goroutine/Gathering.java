package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Keeper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Those who wait until something holds: all are woken, and each looks again for itself.
final class Gathering {
    /// In the order of coming; nothing while nobody waits, since at most things nobody ever does.
    private Set<Concurrency.Waiter> waiting = Set.of();

    boolean await(String what, BooleanSupplier done, Limit limit) throws InterruptedException {
        return await(() -> what, done, limit);
    }

    /// Waits until `done` holds; false when the time was up before.
    ///
    /// @param what it waits for, asked when the script is found in deadlock
    boolean await(Supplier<String> what, BooleanSupplier done, Limit limit)
            throws InterruptedException {
        return await(what, done, limit, Keeper.NOTHING);
    }

    /// The same for who waits for values that nobody else keeps yet.
    boolean await(Supplier<String> what, BooleanSupplier done, Limit limit, Keeper keeper)
            throws InterruptedException {
        while (!done.getAsBoolean()) {
            if (limit.over()) {
                return false;
            }
            var waiter = limit.turns().waiter(what, keeper);
            enter(waiter);
            try {
                waiter.park(limit.left());
            } finally {
                leave(waiter);
            }
        }
        return true;
    }

    private void enter(Concurrency.Waiter waiter) {
        if (waiting.isEmpty()) {
            waiting = new LinkedHashSet<>();
        }
        waiting.add(waiter);
    }

    private void leave(Concurrency.Waiter waiter) {
        waiting.remove(waiter);
        if (waiting.isEmpty()) {
            waiting = Set.of();
        }
    }

    void wakeAll() {
        List.copyOf(waiting).forEach(Concurrency.Waiter::wake);
    }
}
