package dev.sloth.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

    @Test
    void an_interrupt_reaches_the_work_it_is_meant_for_and_no_later_one() throws Exception {
        var workers = new Workers();
        var first = new Workers.Work.OfCondition("first");
        var second = new Workers.Work.OfCondition("second");
        var heard = new CompletableFuture<Boolean>();
        var begun = new CountDownLatch(1);
        workers.start(
                first,
                () -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                        heard.complete(true);
                    }
                });
        begun.await();
        workers.interrupt(first);
        assertThat(heard.get()).isTrue();
        var clean = new CompletableFuture<Boolean>();
        workers.interrupt(first);
        workers.start(second, () -> clean.complete(!Thread.currentThread().isInterrupted()));
        assertThat(clean.get()).isTrue();
        workers.end(Duration.ofSeconds(10));
        assertThat(workers.idle()).as("until their reports have come").isFalse();
    }
}
