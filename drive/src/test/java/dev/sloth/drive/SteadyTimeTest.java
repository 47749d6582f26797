package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    private static final Instant START = Instant.parse("2026-03-29T00:59:59Z");

    private Instant clock = START;
    private long nanos = Long.MAX_VALUE - 5;

    private SteadyTime time(Instant notBefore) {
        return new SteadyTime(() -> clock, notBefore, () -> nanos);
    }

    @Test
    void it_goes_on_as_time_does_when_the_clock_is_set() {
        var time = time(Instant.MIN);
        assertThat(time.instant()).isEqualTo(START);
        nanos += Duration.ofSeconds(3).toNanos();

        for (var jump : new Duration[] {Duration.ofHours(1), Duration.ofHours(-2)}) {
            clock = clock.plus(jump);
            assertThat(time.instant()).isEqualTo(START.plusSeconds(3));
        }
    }

    @Test
    void a_run_that_goes_on_does_not_go_back_in_time() {
        var last = START.plusSeconds(3_600);

        assertThat(time(last).instant()).isEqualTo(last);
        clock = last.plusSeconds(1);
        assertThat(time(last).instant()).isEqualTo(clock);
    }
}
