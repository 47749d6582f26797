package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Module;
import java.time.Duration;

/// The module `goroutine`.
public final class GoroutineModule {
    private static final double NANOS_IN_MS = 1e6;
    private static final Duration WAIT_MAX = Duration.ofDays(365);

    private GoroutineModule() {}

    public static Module module() {
        return Module.named(
                        "goroutine",
                        "Runs several functions of a script at once. They take turns, and give way"
                                + " where they wait: at channels, locks, sleeps, commands and"
                                + " requests.")
                .functions(TaskFunctions.functions())
                .functions(Pools.functions())
                .functions(ChannelFunctions.functions())
                .functions(FlowFunctions.functions())
                .functions(LockFunctions.functions())
                .functions(ScopeFunctions.function())
                .handles(
                        TaskFunctions.waitGroupType(),
                        TaskFunctions.asyncType(),
                        ChannelFunctions.type(),
                        ScopeFunctions.type())
                .handles(LockFunctions.types());
    }

    /// Milliseconds as scripts give them; negative ones are none.
    static Duration ms(double given) {
        if (Double.isNaN(given)) {
            throw new CallFailure("the milliseconds are not a number");
        }
        double nanos = Math.max(0, given * NANOS_IN_MS);
        return nanos > WAIT_MAX.toNanos() ? WAIT_MAX : Duration.ofNanos((long) nanos);
    }
}
