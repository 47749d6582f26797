package dev.sloth.agent.remote;

import java.time.Duration;

/// How much patience there is with a master that does not answer.
///
/// @param patience after how long without a sign of it a call fails
/// @param pause before a call is made again; each is twice as long as the one before
/// @param pauseMax no pause is longer
/// @param answerMax how many bytes an answer may have
public record RemoteLimits(Duration patience, Duration pause, Duration pauseMax, long answerMax) {
    public static final RemoteLimits DEFAULT =
            new RemoteLimits(
                    Duration.ofSeconds(60), Duration.ofMillis(50), Duration.ofSeconds(2), 1L << 30);

    public RemoteLimits {
        if (!patience.isPositive() || !pause.isPositive() || pauseMax.compareTo(pause) < 0) {
            throw new IllegalArgumentException("times must be positive");
        }
    }

    public RemoteLimits withPatience(Duration other) {
        return new RemoteLimits(other, pause, pauseMax, answerMax);
    }
}
