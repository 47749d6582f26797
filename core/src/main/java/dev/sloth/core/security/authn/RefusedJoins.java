package dev.sloth.core.security.authn;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Holds off addresses from which joining was refused too often. What is held off does not count,
/// so that the wait has an end. Safe for use by many threads.
public final class RefusedJoins {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /// The address that was refused the longest ago is forgotten when there are more.
    private static final int ADDRESSES_MAX = 10_000;

    /// How many parts of an address of version 6 one user is given: the first 64 bits.
    private static final int PARTS_OF_ONE = 4;

    private final int max;
    private final InstantSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ArrayDeque<Instant>> last = new LinkedHashMap<>();

    /// @param max how many from one address may be refused within a minute
    public RefusedJoins(int max, InstantSource time) {
        this.max = max;
        this.time = time;
    }

    /// @throws dev.sloth.api.workflow.Problems when this address must wait
    public void check(String address) {
        lock.lock();
        try {
            var refused = last.get(network(address));
            if (refused == null || refused.size() < max) {
                return;
            }
            var free = refused.getFirst().plus(WINDOW);
            if (free.isAfter(time.instant())) {
                throw JoinProblems.tooOften(max, Duration.between(time.instant(), free));
            }
        } finally {
            lock.unlock();
        }
    }

    /// One from this address was refused.
    public void note(String address) {
        lock.lock();
        try {
            var network = network(address);
            var before = last.remove(network);
            var refused = before == null ? new ArrayDeque<Instant>() : before;
            refused.addLast(time.instant());
            if (refused.size() > max) {
                refused.removeFirst();
            }
            last.put(network, refused);
            if (last.size() > ADDRESSES_MAX) {
                last.remove(last.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    private static String network(String address) {
        int end = -1;
        for (int part = 0; part < PARTS_OF_ONE; part++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }
}
