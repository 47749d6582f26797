package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Tells what does not work that should; the same again only after a while, since it is tried again
/// and again. Safe for use by many threads.
final class Troubles {
    static final Duration AGAIN = Duration.ofMinutes(1);

    /// How many are told apart within that time.
    private static final int KINDS_MAX = 100;

    private final InstantSource time;
    private final Consumer<Problem> news;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by `lock`
    private final Map<Problem, Instant> told = new HashMap<>();

    Troubles(InstantSource time, Consumer<Problem> news) {
        this.time = time;
        this.news = news;
    }

    void tell(Problem problem) {
        if (isNews(problem)) {
            news.accept(problem);
        }
    }

    private boolean isNews(Problem problem) {
        var now = time.instant();
        lock.lock();
        try {
            told.values().removeIf(at -> !at.plus(AGAIN).isAfter(now));
            return told.size() < KINDS_MAX && told.putIfAbsent(problem, now) == null;
        } finally {
            lock.unlock();
        }
    }
}
