package dev.sloth.plugins.reliability;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Durations;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often to try, and how long to wait in between.
record Retrying(
        int attempts,
        Duration first,
        Duration longest,
        Strategy strategy,
        double factor,
        boolean jitter) {
    static final int ATTEMPTS_MAX = 1_000;
    static final Duration LONGEST_DEFAULT = Duration.ofMinutes(5);
    private static final int ATTEMPTS_DEFAULT = 3;
    private static final double FACTOR_DEFAULT = 2;

    /// How delays grow.
    enum Strategy {
        FIXED,
        LINEAR,
        EXPONENTIAL
    }

    Retrying {
        if (attempts < 1 || attempts > ATTEMPTS_MAX) {
            throw new CallFailure("the attempts are a number from 1 to " + ATTEMPTS_MAX);
        }
        if (first.isNegative() || longest.isNegative() || !(factor >= 1)) {
            throw new CallFailure("delays are not negative and the multiplier is at least 1");
        }
    }

    static Retrying read(Value.Table config) {
        return new Retrying(
                (int) number(config, "max_attempts", ATTEMPTS_DEFAULT),
                duration(config, "initial_delay", Duration.ofSeconds(1)),
                duration(config, "max_delay", LONGEST_DEFAULT),
                strategy(config.at("strategy")),
                number(config, "multiplier", FACTOR_DEFAULT),
                config.at("jitter").truthy());
    }

    static double number(Value.Table config, String name, double otherwise) {
        return switch (config.at(name)) {
            case Value.Nil _ -> otherwise;
            case Value.Num n -> n.value();
            case Value other -> throw new CallFailure(name + " is a " + other.type());
        };
    }

    static Duration duration(Value.Table config, String name, Duration otherwise) {
        var given = config.at(name);
        return given == Value.Nil.NIL ? otherwise : Durations.waiting(given, name);
    }

    private static Strategy strategy(Value given) {
        if (given == Value.Nil.NIL || given.equals(Text.of("exponential"))) {
            return Strategy.EXPONENTIAL;
        }
        if (given.equals(Text.of("linear"))) {
            return Strategy.LINEAR;
        }
        if (given.equals(Text.of("fixed")) || given.equals(Text.of("constant"))) {
            return Strategy.FIXED;
        }
        throw new CallFailure("strategy is \"fixed\", \"linear\" or \"exponential\"");
    }

    /// The wait after so many failures. Jitter takes up to half of it away.
    Duration delay(int failures, RandomGenerator random) {
        double grown =
                switch (strategy) {
                    case FIXED -> 1;
                    case LINEAR -> failures;
                    case EXPONENTIAL -> Math.pow(factor, failures - 1.0);
                };
        double most = Durations.seconds(longest);
        double seconds = Math.min(Durations.seconds(first) * grown, most);
        double kept = jitter ? seconds * random.nextDouble(0.5, 1) : seconds;
        return Duration.ofNanos((long) (kept * 1e9));
    }
}
