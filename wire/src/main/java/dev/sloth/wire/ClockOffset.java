package dev.sloth.wire;

import dev.sloth.api.workflow.Problem;
import java.time.Duration;
import java.time.Instant;

/// How far the clock of an agent is from its master's. What a message takes on its way counts too,
/// which is why little is nothing.
///
/// @param ahead of the master's; negative when it is behind
public record ClockOffset(Duration ahead) {
    /// An agent whose clock is further off gets no work.
    public static final Duration MAX = Duration.ofSeconds(60);

    public static final ClockOffset NONE = new ClockOffset(Duration.ZERO);

    /// @param millis what the agent's clock says, since 1970; 0 when it does not say
    public static ClockOffset of(long millis, Instant now) {
        return millis == 0
                ? NONE
                : new ClockOffset(Duration.between(now, Instant.ofEpochMilli(millis)));
    }

    public boolean isRight() {
        return ahead.abs().compareTo(MAX) <= 0;
    }

    /// Nothing when it is right enough.
    public Duration wrong() {
        return isRight() ? Duration.ZERO : ahead;
    }

    /// Such as `3600 s ahead`.
    @Override
    public String toString() {
        return "%d s %s"
                .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead");
    }

    /// What both sides are told of a clock that is not right.
    ///
    /// @param whose such as `the agent 'web1'`
    public Problem problem(String whose) {
        return WireProblems.problem(
                WireProblems.CLOCK_OFF,
                "the clock of %s is %s of the master's; no work goes there until it is right"
                        .formatted(whose, this),
                "set the clock, or have a service such as chrony or systemd-timesyncd keep it; more"
                        + " than %d s are too much".formatted(MAX.toSeconds()));
    }
}
