package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final int MAX = 60;

    private Instant now = Instant.parse("2026-03-29T01:30:00Z");
    private final Pace pace = new Pace(MAX, () -> now);

    private int taken(String agent) {
        int taken = 0;
        while (taken <= MAX && pace.take(agent)) {
            taken++;
        }
        return taken;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void as_much_as_in_a_minute_is_taken_at_once_and_then_evenly() {
        assertThat(taken("a")).isEqualTo(MAX);
        pass(Duration.ofMillis(999));
        assertThat(taken("a")).isZero();
        pass(Duration.ofMillis(1));
        assertThat(taken("a")).isEqualTo(1);
        pass(Duration.ofSeconds(5));
        assertThat(taken("a")).isEqualTo(5);
        pass(Duration.ofHours(1));
        assertThat(taken("a")).isEqualTo(MAX);
    }

    @Test
    void one_agent_does_not_hold_up_another() {
        assertThat(taken("a")).isEqualTo(MAX);
        assertThat(taken("b")).isEqualTo(MAX);
    }

    @Test
    void a_clock_that_was_set_back_holds_nobody_up() {
        assertThat(taken("a")).isEqualTo(MAX);
        pass(Duration.ofDays(-1));
        assertThat(taken("a")).isEqualTo(MAX);
        assertThat(taken("a")).isZero();
    }
}
