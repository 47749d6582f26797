package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.store.sql.Transactions.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one thread that writes to a file, and the orders that wait for it.
///
/// An error, other than an exception, stops it at once and for good, as if the process had been
/// killed: what was not committed never will be, and every later order is refused.
final class Writer {
    /// Said before the callers of a batch that was committed get their answers.
    static final String ANSWER = "answer";

    private final Links links;
    private final StoreConfig config;
    private final Consumer<String> beforeStatement;
    private final Runnable committed;
    private final BlockingQueue<Order<?>> waiting;
    private final Order<Boolean> last = new Order<>(_ -> true);
    private final Thread thread;
    private volatile boolean closed;
    // Of the writer's thread.
    private Optional<WriteLink> link = Optional.empty();

    private Writer(
            Links links, StoreConfig config, Consumer<String> beforeStatement, Runnable committed) {
        this.links = links;
        this.config = config;
        this.beforeStatement = beforeStatement;
        this.committed = committed;
        this.waiting = new ArrayBlockingQueue<>(config.waitingMax());
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("writer of " + links.file().getFileName())
                        .unstarted(this::work);
    }

    /// @param committed is told of each commit once its callers have their answers
    static Writer start(
            Links links, StoreConfig config, Consumer<String> beforeStatement, Runnable committed) {
        var writer = new Writer(links, config, beforeStatement, committed);
        writer.thread.start();
        return writer;
    }

    <T extends @Nullable Object> T write(Work<T> work) {
        var order = new Order<T>(work);
        enqueue(order);
        return order.await();
    }

    private void enqueue(Order<?> order) {
        if (closed) {
            throw gone();
        }
        try {
            if (!waiting.offer(order)
                    && !waiting.offer(order, config.busyWait().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreFailure(
                        Reason.BUSY,
                        "%d writes wait for %s already: try again"
                                .formatted(config.waitingMax(), links.file()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Reason.BUSY, "interrupted while waiting for " + links.file(), e);
        }
        // The writer looks into the queue once more after it has closed; so does everybody else.
        if (closed && waiting.remove(order)) {
            throw gone();
        }
    }

    private StoreFailure gone() {
        return new StoreFailure(Reason.BROKEN, "%s was closed".formatted(links.file()));
    }

    int waiting() {
        return waiting.size();
    }

    /// Does what waits, then ends.
    void close() {
        if (!closed) {
            enqueue(last);
            last.await();
        }
    }

    private void work() {
        Throwable why = gone();
        try {
            for (var first = waiting.take(); first != last; first = waiting.take()) {
                batch(first);
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            why = e;
        }
        end(why);
    }

    /// The open transaction, if any, is lost with the connection.
    private void end(Throwable why) {
        closed = true;
        drop();
        waiting.remove(last);
        for (var order = waiting.poll(); order != null; order = waiting.poll()) {
            order.fail(why);
        }
        last.answer();
    }

    private void batch(Order<?> first) {
        var batch = new ArrayList<Order<?>>();
        batch.add(first);
        try {
            var failure = tried(batch, config.batchMax());
            if (failure.isPresent() && batch.size() > 1) {
                batch.forEach(this::alone);
                return;
            }
            settle(batch, failure);
        } catch (RuntimeException | Error e) {
            closed = true;
            batch.forEach(order -> order.fail(e));
            throw e;
        }
    }

    /// After a batch has failed as a whole: perhaps one of it was too large for the disk.
    private void alone(Order<?> order) {
        var batch = new ArrayList<Order<?>>();
        batch.add(order);
        settle(batch, tried(batch, 1));
    }

    private void settle(List<Order<?>> batch, Optional<RuntimeException> failure) {
        if (failure.isPresent()) {
            batch.forEach(order -> order.fail(failure.get()));
            return;
        }
        beforeStatement.accept(ANSWER);
        batch.forEach(Order::answer);
        committed.run();
    }

    /// Does a batch in one transaction; more orders come in as long as there are any.
    ///
    /// @return why all of it was undone; empty when it was committed
    private Optional<RuntimeException> tried(List<Order<?>> batch, int max) {
        try {
            var open = opened();
            open.begin();
            open.run(batch.getFirst());
            gather(open, batch, max);
            beforeStatement.accept(WriteLink.COMMIT);
            open.commit();
            return Optional.empty();
        } catch (SQLException e) {
            drop();
            return Optional.of(Failures.of(links.file(), e));
        } catch (RuntimeException e) {
            drop();
            return Optional.of(e);
        }
    }

    private void gather(WriteLink open, List<Order<?>> batch, int max) throws SQLException {
        long started = System.nanoTime();
        for (var next = waiting.peek();
                next != null
                        && next != last
                        && batch.size() < max
                        && System.nanoTime() - started < config.gatherMax().toNanos();
                next = waiting.peek()) {
            batch.add(waiting.remove());
            open.run(next);
        }
    }

    private WriteLink opened() throws SQLException {
        if (link.isEmpty()) {
            link = Optional.of(WriteLink.open(links, beforeStatement));
        }
        return link.get();
    }

    /// What a connection still holds after a failure is not worth finding out.
    private void drop() {
        var dropped = link;
        link = Optional.empty();
        try {
            if (dropped.isPresent()) {
                dropped.get().close();
            }
        } catch (SQLException e) {
            throw Failures.of(links.file(), e);
        }
    }
}
