package dev.sloth.agent.work;

import dev.sloth.agent.link.LogUplink;
import dev.sloth.agent.link.LogUplink.Said;
import dev.sloth.agent.spool.Batch;
import dev.sloth.agent.spool.LogSpool;
import dev.sloth.api.workflow.Problems;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Brings lines to the master, as many as it takes, and lets go of those that it has.
final class LogSender implements Runnable {
    /// How much of an order is sent at once, in bytes.
    private static final int BATCH_BYTES = 64 << 10;

    /// How many batches may be under way.
    private static final int CREDIT = 64;

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Uplinks uplinks;
    private final LogSpool spool;
    private final Consumer<String> done;
    private final Consumer<IOException> trouble;

    /// @param done hears of orders that have ended and whose lines are all with the master
    LogSender(
            Uplinks uplinks, LogSpool spool, Consumer<String> done, Consumer<IOException> trouble) {
        this.uplinks = uplinks;
        this.spool = spool;
        this.done = done;
        this.trouble = trouble;
    }

    /// Until the thread is interrupted.
    @Override
    public void run() {
        try {
            while (true) {
                var uplink = uplinks.await();
                spool.rewind();
                try (var stream = new Stream(uplink.logs())) {
                    stream.send();
                } catch (Problems _) {
                    uplinks.rest(uplink, LOOK);
                } catch (IOException e) {
                    trouble.accept(e);
                    uplinks.rest(uplink, LOOK);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// One stream, until it breaks.
    private final class Stream implements AutoCloseable {
        private final LogUplink uplink;
        private final Semaphore credit = new Semaphore(CREDIT);
        private final ConcurrentLinkedQueue<Batch> unanswered = new ConcurrentLinkedQueue<>();
        private final Thread hearing;
        private volatile boolean broken;

        Stream(LogUplink uplink) {
            this.uplink = uplink;
            this.hearing = Thread.ofVirtual().name("log answers").start(this::hear);
        }

        void send() throws IOException, InterruptedException {
            while (!broken) {
                if (!credit.tryAcquire(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                    continue;
                }
                var next = spool.next(BATCH_BYTES, LOOK);
                if (next.isEmpty() || next.get().lines().isEmpty()) {
                    credit.release();
                    next.ifPresent(batch -> settle(batch.id()));
                    continue;
                }
                send(next.get());
            }
        }

        private void send(Batch batch) throws InterruptedException {
            unanswered.add(batch);
            uplink.send(
                    batch.id(),
                    batch.first(),
                    batch.lines().stream()
                            .map(line -> new Said(line.at(), line.channel(), line.text()))
                            .toList());
        }

        private void hear() {
            try {
                while (true) {
                    answered(uplink.hear());
                }
            } catch (Problems _) {
                // The stream is over, and the next one begins where this one ended.
            } catch (IOException e) {
                trouble.accept(e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                broken = true;
            }
        }

        private void answered(LogUplink.Stored stored) throws IOException {
            var batch = unanswered.poll();
            credit.release();
            spool.stored(stored.order(), stored.lines());
            if (batch != null && stored.lines() < batch.next()) {
                spool.wanted(stored.order(), stored.lines());
            }
            settle(stored.order());
        }

        private void settle(String order) {
            if (spool.isDone(order)) {
                done.accept(order);
            }
        }

        @Override
        public void close() {
            uplink.close();
            hearing.interrupt();
        }
    }
}
