package dev.sloth.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.testkit.Gen;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MomentsTest {
    @Test
    void an_instant_comes_back_to_the_nanosecond() {
        Gen.forAll(
                500,
                gen -> {
                    long seconds = gen.random().nextLong(-9_000_000_000L, 9_000_000_000L);
                    var instant = Instant.ofEpochSecond(seconds, gen.below(1_000_000_000));
                    assertThat(Moments.instant(Moments.number(instant))).isEqualTo(instant);
                });
    }

    @Test
    void numbers_are_in_the_order_of_instants() {
        var instants =
                List.of(
                        Instant.MIN,
                        Instant.parse("1677-09-21T00:12:43.145224193Z"),
                        Instant.EPOCH.minusNanos(1),
                        Instant.EPOCH,
                        Instant.parse("2262-04-11T23:47:16.854775806Z"),
                        Instant.MAX);

        assertThat(instants.stream().map(Moments::number)).isSorted().doesNotHaveDuplicates();
        for (var instant : instants) {
            assertThat(Moments.instant(Moments.number(instant))).isEqualTo(instant);
        }
    }

    @Test
    void never_is_an_instant_kept_as_another() {
        for (var far :
                List.of(
                        Instant.parse("1677-09-21T00:12:43Z"),
                        Instant.parse("2262-04-11T23:47:17Z"),
                        Instant.MAX.minusNanos(1))) {
            assertThatThrownBy(() -> Moments.number(far))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1677 to 2262");
        }
    }
}
