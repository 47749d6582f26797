package dev.sloth.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.RetryPolicy;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryDelaysTest {
    private static List<Duration> delays(RetryPolicy.Strategy strategy, double jitter) {
        var policy =
                new RetryPolicy(
                        5,
                        strategy,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        jitter,
                        Set.of());
        return IntStream.rangeClosed(1, 4)
                .mapToObj(n -> RetryDelays.after(n, policy, new SplittableRandom(n)))
                .toList();
    }

    @Test
    void delays_grow_as_the_strategy_says_up_to_the_cap() {
        assertThat(seconds(RetryPolicy.Strategy.FIXED)).containsExactly(2L, 2L, 2L, 2L);
        assertThat(seconds(RetryPolicy.Strategy.LINEAR)).containsExactly(2L, 4L, 6L, 8L);
        assertThat(seconds(RetryPolicy.Strategy.EXPONENTIAL)).containsExactly(2L, 4L, 8L, 10L);
    }

    private static List<Long> seconds(RetryPolicy.Strategy strategy) {
        return delays(strategy, 0).stream().map(Duration::toSeconds).toList();
    }

    @Test
    void never_outside_of_the_cap_and_its_jitter_and_without_jitter_never_shorter_than_before() {
        Gen.forAll(
                300,
                gen -> {
                    double jitter = gen.oneOf(0.0, 0.3, 1.0);
                    var max = Duration.ofMillis(gen.below(100_000));
                    var policy =
                            new RetryPolicy(
                                    RetryPolicy.RETRIES_MAX,
                                    gen.oneOf(List.of(RetryPolicy.Strategy.values())),
                                    Duration.ofMillis(gen.below(10_000)),
                                    max,
                                    jitter,
                                    Set.of());
                    var before = Duration.ZERO;
                    for (int n : new int[] {1, 2, 3, 10, RetryPolicy.RETRIES_MAX}) {
                        var delay = RetryDelays.after(n, policy, gen.random());
                        assertThat(delay.isNegative()).isFalse();
                        assertThat(delay.toMillis())
                                .isLessThanOrEqualTo(Math.round(max.toMillis() * (1 + jitter)) + 1);
                        if (jitter == 0) {
                            assertThat(delay).isGreaterThanOrEqualTo(before);
                            before = delay;
                        }
                    }
                });
    }
}
