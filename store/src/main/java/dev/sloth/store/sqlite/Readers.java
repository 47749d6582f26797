package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.store.sql.Session;
import dev.sloth.store.sql.Transactions.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A few connections that only read, opened when they are first needed. The work is done by the
/// thread that asks.
final class Readers {
    private final Links links;
    private final StoreConfig config;
    private final Consumer<String> beforeStatement;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<ReadLink> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(Links links, StoreConfig config, Consumer<String> beforeStatement) {
        this.links = links;
        this.config = config;
        this.beforeStatement = beforeStatement;
        this.free = new Semaphore(config.readersMax());
    }

    <T extends @Nullable Object> T read(Work<T> work) {
        acquire(1);
        try {
            if (closed) {
                throw new StoreFailure(Reason.BROKEN, links.file() + " was closed");
            }
            var link = link();
            T result = link.read(work);
            idle.push(link);
            return result;
        } catch (SQLException e) {
            throw Failures.of(links.file(), e);
        } finally {
            free.release();
        }
    }

    private void acquire(int permits) {
        try {
            if (!free.tryAcquire(permits)
                    && !free.tryAcquire(
                            permits, config.busyWait().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreFailure(
                        Reason.BUSY,
                        "all %d readers of %s are at work: try again"
                                .formatted(config.readersMax(), links.file()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Reason.BUSY, "interrupted while waiting for " + links.file(), e);
        }
    }

    private ReadLink link() throws SQLException {
        var known = Optional.ofNullable(idle.poll());
        return known.isPresent() ? known.get() : new ReadLink(links.reading(), beforeStatement);
    }

    /// Waits for those that read, and lets go of the file.
    void close() throws SQLException {
        closed = true;
        acquire(config.readersMax());
        try {
            for (var link = idle.poll(); link != null; link = idle.poll()) {
                link.session.close();
            }
        } finally {
            free.release(config.readersMax());
        }
    }

    private static final class ReadLink {
        private final Session session;
        private final PreparedStatement begin;
        private final PreparedStatement end;

        ReadLink(Connection connection, Consumer<String> beforeStatement) throws SQLException {
            this.session = new Session(connection, beforeStatement);
            this.begin = connection.prepareStatement("BEGIN");
            this.end = connection.prepareStatement("COMMIT");
        }

        /// After a failure the connection is closed: nobody needs to know what it still holds.
        <T extends @Nullable Object> T read(Work<T> work) throws SQLException {
            boolean done = false;
            try {
                begin.executeUpdate();
                T result = work.in(session);
                end.executeUpdate();
                done = true;
                return result;
            } finally {
                if (!done) {
                    session.close();
                }
            }
        }
    }
}
