package dev.sloth.master.rpc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Remembers what came of the last facts that were told for each order, so that one that comes
/// again is kept once. It knows those only that this master took since it started. Safe for use by
/// many threads.
///
/// @param <T> what comes of it
final class ToldOnce<T> {
    /// How many facts of an order are remembered.
    private static final int FACTS_MAX = 256;

    /// And of how many orders: those that told of something last.
    private static final int ORDERS_MAX = 10_000;

    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private final Map<String, OfOrder<T>> orders = new Last<>(ORDERS_MAX);

    /// @param fact tells it from all others of the order
    T of(String order, String fact, Supplier<T> tell) {
        OfOrder<T> known;
        lock.lock();
        try {
            known = orders.computeIfAbsent(order, _ -> new OfOrder<>());
        } finally {
            lock.unlock();
        }
        return known.of(fact, tell);
    }

    /// Facts of one order are told one after the other.
    private static final class OfOrder<T> {
        private final ReentrantLock telling = new ReentrantLock();

        // guarded by `telling`
        private final Map<String, T> facts = new Last<>(FACTS_MAX);

        T of(String fact, Supplier<T> tell) {
            telling.lock();
            try {
                var known = facts.get(fact);
                if (known != null) {
                    return known;
                }
                var outcome = tell.get();
                facts.put(fact, outcome);
                return outcome;
            } finally {
                telling.unlock();
            }
        }
    }

    /// What was used last.
    private static final class Last<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;
        private static final float LOAD = 0.75f;

        private final int max;

        Last(int max) {
            super(1, LOAD, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > max;
        }
    }
}
