package dev.sloth.master.session;

import dev.sloth.api.workflow.Problem;
import dev.sloth.wire.ClockOffset;
import dev.sloth.wire.Overruled;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a master tells while it goes on.
public sealed interface MasterEvent {
    /// @param trustDomain of all its certificates
    /// @param incarnation counts its starts
    /// @param administrator the file with the administrator's credentials, when it was made just
    ///   now
    record Started(int port, String trustDomain, long incarnation, Optional<Path> administrator)
            implements MasterEvent {}

    record Joined(String agent, String address) implements MasterEvent {}

    /// Not all that an agent asked for when it joined counts.
    record Asked(Overruled overruled) implements MasterEvent {}

    record Connected(String agent, long epoch, String address) implements MasterEvent {}

    record Left(String agent, long epoch, String why) implements MasterEvent {}

    /// The clock of a connected agent is off too far, or right again.
    record Clock(String agent, ClockOffset offset) implements MasterEvent {}

    record Renewed(String agent, Instant until) implements MasterEvent {}

    record Revoked(String agent, String by) implements MasterEvent {}

    /// @param what the call that did it
    record Changed(String what, String object, String by) implements MasterEvent {}

    record TokenMade(String token, String by) implements MasterEvent {}

    record TokenRevoked(String token, String by) implements MasterEvent {}

    record RunBegan(String run, String workflow) implements MasterEvent {}

    /// A run that had rested, or was left by an earlier start of the master, is driven again.
    record RunGoesOn(String run, String workflow) implements MasterEvent {}

    /// A run has been driven as far as it goes for now.
    record RunRests(String run, String workflow, String status) implements MasterEvent {}

    /// @param call what was asked for
    record Refused(String call, String address, Problem problem) implements MasterEvent {}

    /// The same was refused again.
    ///
    /// @param more how often since
    /// @param within in which time
    record RefusedAgain(Refused like, long more, Duration within) implements MasterEvent {}

    /// Something does not work that should.
    record Trouble(RuntimeException fault) implements MasterEvent {}
}
