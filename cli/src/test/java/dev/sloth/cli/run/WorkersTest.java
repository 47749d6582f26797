package dev.sloth.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
}
