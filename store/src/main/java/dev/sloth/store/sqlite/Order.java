package dev.sloth.store.sqlite;

import dev.sloth.store.sql.Session;
import dev.sloth.store.sql.Transactions.Work;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A piece of work that waits for the writer, and its caller who waits for the answer.
final class Order<T extends @Nullable Object> {
    private final Work<T> work;
    private final CountDownLatch answered = new CountDownLatch(1);
    // Written by the writer before it answers, read by the caller afterwards.
    private @Nullable T result;
    private @Nullable Throwable failure;

    Order(Work<T> work) {
        this.work = work;
    }

    /// Does the work; the result is not given to the caller yet.
    void run(Session session) throws SQLException {
        failure = null;
        result = work.in(session);
    }

    /// The work was refused, and undone; others of its batch go on.
    void refuse(RuntimeException why) {
        failure = why;
    }

    void answer() {
        answered.countDown();
    }

    /// Nothing has come of it, unless it was answered before.
    void fail(Throwable why) {
        if (answered.getCount() > 0) {
            failure = why;
            answered.countDown();
        }
    }

    /// Waits even when interrupted: the work is under way, and the caller has to know what came of
    /// it. The interrupt is kept for later.
    T await() {
        boolean interrupted = false;
        while (true) {
            try {
                answered.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome();
    }

    // The work's own type says whether its result may be null.
    @SuppressWarnings({"NullAway", "nullness"})
    private T outcome() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return result;
    }
}
