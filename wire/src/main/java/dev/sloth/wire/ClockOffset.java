package dev.sloth.wire;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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

    /// Such as `1 h 0 min ahead`.
    @Override
    public String toString() {
        return TimeText.of(rounded()) + (ahead.isNegative() ? " behind" : " ahead");
    }

    /// Where seconds are not told: what a message needs to come makes two hours a little less.
    private Duration rounded() {
        var near = ahead.abs().plusSeconds(30);
        return near.toHours() > 0 ? near.truncatedTo(ChronoUnit.MINUTES) : ahead;
    }

    private String beside(String other) {
        return this + (ahead.isNegative() ? " " : " of ") + other;
    }

    /// What both sides are told of a clock that is not right.
    ///
    /// @param whose such as `the agent 'web1'`
    public Problem problem(String whose) {
        return WireProblems.problem(
                WireProblems.CLOCK_OFF,
                "the clock of %s is %s; no work goes there until it is right"
                        .formatted(whose, beside("the master's")),
                "set the clock, or have a service such as chrony or systemd-timesyncd keep it; more"
                        + " than %d s are too much".formatted(MAX.toSeconds()));
    }
}
