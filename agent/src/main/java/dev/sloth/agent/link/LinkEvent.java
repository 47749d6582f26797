package dev.sloth.agent.link;

import dev.sloth.api.workflow.Problem;
import dev.sloth.wire.ClockOffset;
import dev.sloth.wire.MasterAddress;
import dev.sloth.wire.Overruled;
import java.time.Duration;
import java.time.Instant;

/// What an agent tells of its way to the master.
public sealed interface LinkEvent {
    record Joined(String name, String id) implements LinkEvent {}

    /// Not all that the agent asked for when it joined counts.
    record Asked(Overruled overruled) implements LinkEvent {}

    /// @param epoch counts the agent's sessions
    record Connected(MasterAddress master, long epoch) implements LinkEvent {}

    /// The session is over, or none could be had.
    ///
    /// @param pause after which the next is tried
    record Away(Problem why, Duration pause) implements LinkEvent {}

    /// The same keeps it away that was told before.
    ///
    /// @param times how often more, since then
    /// @param within for how long it was only counted, at least
    record AwayAgain(Problem why, long times, Duration within) implements LinkEvent {}

    /// What the master says of this machine's clock: that it is off too far, or right again.
    record Clock(ClockOffset offset) implements LinkEvent {}

    record Renewed(Instant until) implements LinkEvent {}

    /// The certificate is old and could not be renewed yet.
    record NotRenewed(Problem why, Instant until) implements LinkEvent {}
}
