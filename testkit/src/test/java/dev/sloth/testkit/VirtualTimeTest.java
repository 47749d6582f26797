package dev.sloth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();

    @Test
    void actions_run_when_they_are_due_and_in_order() {
        var seen = new ArrayList<String>();
        time.after(Duration.ofSeconds(2), () -> seen.add("late " + time.instant()));
        time.after(Duration.ofSeconds(1), () -> seen.add("first"));
        time.after(Duration.ofSeconds(1), () -> seen.add("second"));
        time.run(Duration.ofMillis(1500));
        assertThat(seen).containsExactly("first", "second");
        time.run(Duration.ofMillis(500));
        assertThat(seen).last().isEqualTo("late 1970-01-01T00:00:02Z");
        assertThat(time.instant()).isEqualTo(Instant.ofEpochSecond(2));
    }

    @Test
    void an_action_may_add_another_that_is_due_in_the_same_stretch() {
        var seen = new ArrayList<Instant>();
        time.after(
                Duration.ofSeconds(1),
                () -> time.after(Duration.ofSeconds(1), () -> seen.add(time.instant())));
        time.run(Duration.ofSeconds(3));
        assertThat(seen).containsExactly(Instant.ofEpochSecond(2));
    }

    @Test
    void never_idle_while_actions_breed() {
        assertThatThrownBy(
                        () -> {
                            breed();
                            time.runUntilIdle(1000);
                        })
                .isInstanceOf(IllegalStateException.class);
    }

    private void breed() {
        time.after(Duration.ofSeconds(1), this::breed);
    }
}
