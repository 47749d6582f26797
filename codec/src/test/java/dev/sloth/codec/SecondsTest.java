package dev.sloth.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecondsTest {
    @Test
    void times_are_exact_over_their_whole_range() {
        for (var at :
                List.of(
                        Instant.MIN,
                        Instant.MAX,
                        Instant.EPOCH,
                        Instant.ofEpochSecond(-1, 1),
                        Instant.ofEpochSecond(1, 100))) {
            assertThat(Seconds.instant(Seconds.of(at))).isEqualTo(at);
        }
        assertThat(Seconds.of(Instant.ofEpochSecond(-1, 500_000_000))).isEqualTo("-0.5");
        for (var time : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(30))) {
            assertThat(Seconds.duration(Seconds.of(time))).isEqualTo(time);
        }
    }

    @Test
    void what_no_clock_can_show_is_damage() {
        for (var digits : List.of("1e999999999", "0.0000000001", "1".repeat(41))) {
            assertThatThrownBy(() -> Seconds.instant(digits))
                    .as(digits)
                    .isInstanceOf(DamagedDocument.class);
        }
    }
}
