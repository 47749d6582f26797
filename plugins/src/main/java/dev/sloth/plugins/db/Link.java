package dev.sloth.plugins.db;

import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One connection, on a thread of its own: drivers do not hear an interrupt, so the one who waits
/// for them does, and cancels.
final class Link implements AutoCloseable {
    private final ExecutorService thread;
    private final Semaphore turn = new Semaphore(1, true);
    private final Dialect dialect;
    private final Duration limit;
    private volatile @Nullable Connection connection;
    private volatile @Nullable Statement running;
    private volatile boolean closed;
    private boolean inTransaction;

    private Link(Dialect dialect, Duration limit) {
        this.dialect = dialect;
        this.limit = limit;
        this.thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("db-", 0).factory());
    }

    /// What is done on the connection's thread.
    interface Work<T> {
        T on(Link link, Connection connection) throws SQLException, IOException;
    }

    /// @param limit of each statement
    static Link open(Dialect dialect, Duration limit) throws IOException, InterruptedException {
        var link = new Link(dialect, limit);
        boolean done = false;
        try {
            link.connection = link.await(dialect::connect, Limits.CONNECT_MAX.multipliedBy(2));
            done = true;
            return link;
        } finally {
            if (!done) {
                link.close();
            }
        }
    }

    Dialect dialect() {
        return dialect;
    }

    boolean isClosed() {
        return closed;
    }

    /// Whether a statement is under way.
    boolean isBusy() {
        return running != null;
    }

    /// Whether a transaction is under way; asked and set on the connection's thread.
    boolean inTransaction() {
        return inTransaction;
    }

    void inTransaction(boolean now) {
        inTransaction = now;
    }

    /// Names the statement that a cancel is meant for.
    <S extends Statement> S running(S statement) {
        running = statement;
        return statement;
    }

    /// Does something in its turn, within the limit.
    ///
    /// @throws IOException when the database refuses it, in its words, or it takes too long
    <T> T use(Work<T> work) throws IOException, InterruptedException {
        if (!turn.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the connection was busy for " + limit.toSeconds() + " s");
        }
        try {
            var open = connection;
            if (closed || open == null) {
                throw new IOException("the connection is closed");
            }
            return await(
                    () -> {
                        if (closed) {
                            throw new IOException("the connection is closed");
                        }
                        try {
                            return work.on(this, open);
                        } finally {
                            running = null;
                        }
                    },
                    limit);
        } finally {
            turn.release();
        }
    }

    private <T> T await(Callable<T> work, Duration longest)
            throws IOException, InterruptedException {
        var done = thread.submit(work);
        try {
            return done.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Rows.Denied denied) {
                Failures.rethrow(denied.getCause());
            }
            throw failure(e);
        } catch (TimeoutException e) {
            stop(done);
            throw new IOException(
                    "took longer than " + longest.toMillis() / 1e3 + " s and was cancelled", e);
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }

    private static IOException failure(ExecutionException e) {
        return switch (e.getCause()) {
            case SQLException sql -> new IOException(Dialect.words(sql), sql);
            case IOException io -> io;
            case null, default -> new IOException("the driver failed: " + e.getCause(), e);
        };
    }

    /// Cancels what runs; a statement that does not end then takes its connection with it.
    private void stop(Future<?> done) throws InterruptedException {
        cancel();
        try {
            var _ = done.get(Limits.CANCEL_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException _) {
            // cancelled, as was asked
            return;
        } catch (TimeoutException _) {
            close();
        }
    }

    /// A driver may have to ask the server, which may not answer: so nobody waits for it.
    private void cancel() {
        var statement = running;
        if (statement != null) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            statement.cancel();
                        } catch (SQLException _) {
                            // it has ended by itself, or the connection is cut next
                            running = null;
                        }
                    });
        }
    }

    /// Closes it, and undoes a transaction that is under way. Does not wait for the server.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        var _ =
                thread.submit(() -> {
                    var open = connection;
                    if (open != null) {
                        open.close();
                    }
                    return open;
                });
        thread.shutdown();
        Thread.ofVirtual().start(this::cut);
    }

    /// Cancels until it has heard: a statement that is just about to begin does not hear the first.
    private void cut() {
        long until = System.nanoTime() + Limits.CANCEL_MAX.toNanos();
        try {
            while (System.nanoTime() < until) {
                cancel();
                if (thread.awaitTermination(
                        Limits.CANCEL_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            var open = connection;
            if (open != null) {
                open.abort(Runnable::run);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SQLException _) {
            // there is nothing more that one could do to it
            connection = null;
        }
    }

    /// Waits until all that it held is given back.
    boolean isGone(Duration longest) throws InterruptedException {
        return thread.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
}
