package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void what_watches_the_clock_over_scripts_is_no_virtual_thread_that_scripts_could_starve()
            throws Exception {
        var workers = new Workers();
        var thread = new CompletableFuture<Thread>();
        workers.start(
                new Workers.Work.OfCondition("stage"),
                () -> thread.complete(Thread.currentThread()));
        assertThat(thread.get().isVirtual()).isFalse();
        assertThat(thread.get().isDaemon()).as("it keeps no program from ending").isTrue();
        workers.end(Duration.ofSeconds(10));
    }

    private static Workers.Work stage(int number) {
        return new Workers.Work.OfCondition("stage " + number);
    }

    /// An interrupt for work that is done already must not end the next; one that comes before its
    /// work has begun must.
    @Test
    void an_interrupt_meets_the_work_it_is_meant_for_and_no_other() throws Exception {
        var workers = new Workers();
        var seen = new LinkedBlockingQueue<Boolean>();
        for (int i = 0; i < 2_000; i++) {
            workers.start(stage(i), () -> seen.add(false));
            seen.take();
            workers.interrupt(stage(i));
            workers.done(stage(i));

            boolean meant = i % 2 == 0;
            workers.start(stage(-1), () -> seen.add(interruptedSoon(meant)));
            if (meant) {
                workers.interrupt(stage(-1));
            }
            assertThat(seen.take()).isEqualTo(meant);
            workers.done(stage(-1));
        }
        workers.end(Duration.ofSeconds(10));
    }

    /// Parks again until it is interrupted: what the thread did before may have left it a permit.
    private static boolean interruptedSoon(boolean expected) {
        long begun = System.nanoTime();
        long longest = expected ? Duration.ofSeconds(10).toNanos() : 0;
        while (!Thread.currentThread().isInterrupted() && System.nanoTime() - begun < longest) {
            LockSupport.parkNanos(longest);
        }
        return Thread.currentThread().isInterrupted();
    }
}
