package dev.sloth.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ResidentsTest {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    /// Says what is asked of it, and does something when it starts.
    private final class Speaking implements Resident {
        private final String name;
        private final Consumer<Consumer<RuntimeException>> starting;

        Speaking(String name, Consumer<Consumer<RuntimeException>> starting) {
            this.name = name;
            this.starting = starting;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start(Consumer<RuntimeException> fault) {
            told.add("start " + name);
            starting.accept(fault);
        }

        @Override
        public void stop(Duration grace) {
            assertThat(grace).isBetween(Duration.ZERO, Duration.ofSeconds(5));
            told.add("stop " + name);
        }
    }

    private void serve(Residents residents) throws InterruptedException {
        residents.serve(Duration.ofSeconds(5));
    }

    @Test
    void residents_start_in_order_and_stop_in_the_opposite_one() throws Exception {
        var residents =
                new Residents(
                        List.of(new Speaking("runs", _ -> {}), new Speaking("schedules", _ -> {})));
        residents.end();
        residents.end();
        serve(residents);

        assertThat(told)
                .containsExactly("start runs", "start schedules", "stop schedules", "stop runs");
    }

    @Test
    void when_one_fails_all_are_stopped_and_its_failure_is_told() {
        var first = new IllegalStateException("the disk is gone");
        var second = new IllegalStateException("so is the other");
        var residents =
                new Residents(
                        List.of(
                                new Speaking("runs", _ -> {}),
                                new Speaking(
                                        "schedules",
                                        fault -> {
                                            fault.accept(first);
                                            fault.accept(second);
                                        })));

        assertThatThrownBy(() -> serve(residents)).isSameAs(first).hasSuppressedException(second);
        assertThat(told).endsWith("stop schedules", "stop runs");
    }

    @Test
    void one_that_does_not_even_start_leaves_none_behind() {
        var residents =
                new Residents(
                        List.of(
                                new Speaking("runs", _ -> {}),
                                new Speaking(
                                        "schedules",
                                        _ -> {
                                            throw new IllegalStateException("no");
                                        })));

        assertThatThrownBy(() -> serve(residents)).hasMessage("no");
        assertThat(told).containsExactly("start runs", "start schedules", "stop runs");
    }
}
