package dev.sloth.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When an agent is heard of. Times are in nanoseconds since any moment.
final class PulseTest {
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final long NOW = -5;

    private final Pulse pulse = new Pulse(NOW);

    private long nextAfter(Duration told, Duration pace) {
        pulse.beat(told, NOW);
        long next = pulse.next(pace);
        assertThat(pulse.isDue(pace, next - 1)).isFalse();
        assertThat(pulse.isDue(pace, next)).isTrue();
        return next - NOW;
    }

    @Test
    void the_first_is_due_at_once_and_each_other_at_the_pace() {
        assertThat(pulse.isDue(SLOW, NOW)).isTrue();
        assertThat(nextAfter(SLOW, SLOW)).isEqualTo(SLOW.toNanos());
    }

    @Test
    void a_quicker_pace_goes_from_now_on() {
        assertThat(nextAfter(SLOW, CLOSE)).isEqualTo(CLOSE.toNanos());
    }

    @Test
    void a_slower_pace_goes_once_the_master_knows_of_it() {
        assertThat(nextAfter(CLOSE, SLOW)).isEqualTo(CLOSE.toNanos());
        assertThat(nextAfter(SLOW, SLOW)).isEqualTo(SLOW.toNanos());
    }
}
