package dev.sloth.agent.link;

import dev.sloth.api.workflow.Problem;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.JoinToken;
import dev.sloth.wire.Keys;
import dev.sloth.wire.WireProblems;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Whether an agent is to join with a token, or to come with the certificate that it has.
///
/// The clock of this machine alone does not say that a certificate is over: it may be wrong, and a
/// token that was used once would be refused then, where the certificate is taken. So the master is
/// asked first.
///
/// @param kept nothing before it has joined
/// @param now by the clock of this machine
public record Admission(Optional<Credentials> kept, Instant now) {
    /// What the master says of a certificate that is worth nothing to it.
    private static final Set<String> OF_NO_USE =
            Set.of(WireProblems.CERTIFICATE_OVER, WireProblems.STRANGER);

    /// Whether there is a certificate that holds by this machine's clock.
    public boolean holds() {
        return kept.isPresent() && !isOver();
    }

    /// Whether there is one that does not.
    public boolean isOver() {
        return kept.filter(own -> !own.until().isAfter(now)).isPresent();
    }

    /// Whether to join before anything is tried: there is no certificate, or it is over and the
    /// token is one of another master.
    public boolean joinsFirst(JoinToken token) {
        return kept.isEmpty() || (isOver() && !isOfSameMaster(token));
    }

    /// Whether there is a certificate that holds, and it and the token are of two masters: one of
    /// the two is not meant.
    public boolean isElsewhere(JoinToken token) {
        return holds() && !isOfSameMaster(token);
    }

    private boolean isOfSameMaster(JoinToken token) {
        return kept.map(own -> Keys.pin(own.authority().getPublicKey()))
                .filter(pin -> MessageDigest.isEqual(pin, token.pin()))
                .isPresent();
    }

    /// Whether to join after the master has refused the certificate: both clocks are agreed then.
    public boolean joinsAfter(Problem refusal) {
        return isOver() && OF_NO_USE.contains(refusal.code());
    }
}
