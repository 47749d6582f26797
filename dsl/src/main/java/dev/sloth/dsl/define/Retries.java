package dev.sloth.dsl.define;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.RetryPolicy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads retry policies: `3`, `3, "exponential"`, `3, {delay = "2s", jitter = 0.1}`.
final class Retries {
    private static final List<String> OPTIONS =
            List.of("strategy", "delay", "max_delay", "jitter", "retry_on");

    private static final Map<String, RetryPolicy.Reason> REASONS =
            Map.of(
                    "failed", RetryPolicy.Reason.FAILED,
                    "failure", RetryPolicy.Reason.FAILED,
                    "error", RetryPolicy.Reason.FAILED,
                    "timed_out", RetryPolicy.Reason.TIMED_OUT,
                    "timeout", RetryPolicy.Reason.TIMED_OUT,
                    "unknown", RetryPolicy.Reason.UNKNOWN);

    private Retries() {}

    static RetryPolicy read(Reading r) {
        int count = count(r);
        return switch (r.second()) {
            case Value.Nil _ -> with(r, count, Map.of());
            case Text word -> with(r, count, Map.of("strategy", word));
            case Value.Table table -> with(r, count, r.fields(table, OPTIONS));
            case Value.Bool _, Value.Num _, Value.Callable _, Value.Handle _ ->
                    throw Reading.wrong("followed by a strategy or a table of options", r.second());
        };
    }

    /// How many; what is wrong with it is noted, for the options to be looked at as well.
    private static int count(Reading r) {
        try {
            if (r.value() instanceof Value.Table) {
                throw new Misfit(
                        Code.TYPE,
                        "must be a whole number, not a table: options come after the number",
                        "Write it as retries(3, { strategy = \"exponential\", delay = \"2s\" }).");
            }
            return (int) r.whole(0, RetryPolicy.RETRIES_MAX);
        } catch (Misfit misfit) {
            r.note(misfit);
            return 0;
        }
    }

    private static RetryPolicy with(Reading r, int count, Map<String, Value> options) {
        var none = RetryPolicy.NONE;
        var strategy =
                r.option(
                        options,
                        "strategy",
                        none.strategy(),
                        value -> Reading.word(value, RetryPolicy.Strategy.class));
        var delay = r.option(options, "delay", none.delay(), Reading::duration);
        var most =
                r.option(options, "max_delay", longer(delay, none.delayMax()), Reading::duration);
        double jitter = r.option(options, "jitter", none.jitter(), Retries::jitter);
        var on = r.option(options, "retry_on", none.on(), value -> reasons(words(value)));
        return new RetryPolicy(count, strategy, delay, most, jitter, on);
    }

    /// A delay that was asked for is not cut short by a bound that was not.
    private static Duration longer(Duration delay, Duration most) {
        return delay.compareTo(most) > 0 ? delay : most;
    }

    /// True is a spread of half.
    private static double jitter(Value value) {
        return value instanceof Value.Bool bool
                ? (bool.truthy() ? 0.5 : 0)
                : Reading.number(value, 0, 1);
    }

    private static List<String> words(Value value) {
        if (value instanceof Value.Table list) {
            return list.entries().stream()
                    .map(entry -> Reading.text(entry.value(), "a list of words"))
                    .toList();
        }
        return List.of(Reading.text(value, "a word or a list of words"));
    }

    static Set<RetryPolicy.Reason> reasons(List<String> words) {
        var reasons = EnumSet.noneOf(RetryPolicy.Reason.class);
        for (String word : words) {
            var reason = REASONS.get(word);
            if (reason == null) {
                throw Reading.cannot(
                        "must be failed, timed_out or unknown, not \"%s\"%s"
                                .formatted(word, Nearest.hint(word, REASONS.keySet())),
                        "");
            }
            reasons.add(reason);
        }
        return reasons;
    }
}
