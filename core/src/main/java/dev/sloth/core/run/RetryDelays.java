package dev.sloth.core.run;

import dev.sloth.api.workflow.RetryPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt.
final class RetryDelays {
    private RetryDelays() {}

    /// The delay after the attempt with this number has failed: at most `delayMax`, before jitter
    /// spreads it.
    static Duration after(int attempt, RetryPolicy policy, RandomGenerator random) {
        var plain = plain(attempt, policy);
        if (policy.jitter() == 0) {
            return plain;
        }
        double spread = (random.nextDouble() * 2 - 1) * policy.jitter();
        return plain.plus(Duration.ofMillis(Math.round(plain.toMillis() * spread)));
    }

    private static Duration plain(int attempt, RetryPolicy policy) {
        var wanted =
                switch (policy.strategy()) {
                    case FIXED -> policy.delay();
                    case LINEAR -> times(policy.delay(), attempt, policy.delayMax());
                    case EXPONENTIAL -> doubled(policy.delay(), attempt - 1, policy.delayMax());
                };
        return wanted.compareTo(policy.delayMax()) > 0 ? policy.delayMax() : wanted;
    }

    private static Duration times(Duration delay, int factor, Duration max) {
        return delay.compareTo(max) >= 0 ? max : delay.multipliedBy(factor);
    }

    private static Duration doubled(Duration delay, int times, Duration max) {
        var result = delay;
        for (int i = 0; i < times && result.compareTo(max) < 0; i++) {
            result = result.multipliedBy(2);
        }
        return result;
    }
}
