package dev.sloth.master.rpc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// How often each agent may do something of its own accord: as often in a row as within a minute,
/// and from then on evenly. What it is refused does not count. Safe for use by many threads.
final class Pace {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /// The agent that did it the longest ago is forgotten when there are more.
    private static final int AGENTS_MAX = 100_000;

    private final Duration step;
    private final InstantSource time;
    private final ReentrantLock lock = new ReentrantLock();

    /// By when each agent would be done if it had done all evenly; guarded by `lock`.
    private final Map<String, Instant> done = new LinkedHashMap<>();

    /// @param max how often within a minute
    Pace(int max, InstantSource time) {
        this.step = WINDOW.dividedBy(max);
        this.time = time;
    }

    /// @return false when the agent is too quick
    boolean take(String agent) {
        lock.lock();
        try {
            var now = time.instant();
            var next = from(done.getOrDefault(agent, now), now).plus(step);
            if (next.isAfter(now.plus(WINDOW))) {
                return false;
            }
            var _ = done.remove(agent);
            done.put(agent, next);
            if (done.size() > AGENTS_MAX) {
                done.remove(done.keySet().iterator().next());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Who has to wait for longer than the minute does so by a clock that was set back since, and
    /// begins anew.
    private static Instant from(Instant before, Instant now) {
        return before.isBefore(now) || before.isAfter(now.plus(WINDOW)) ? now : before;
    }
}
