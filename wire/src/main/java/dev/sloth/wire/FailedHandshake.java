package dev.sloth.wire;

import dev.sloth.api.workflow.Problem;
import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// What it means to a master when somebody who came did not get through TLS.
///
/// @param problem why, and what helps
/// @param refused whether they showed a certificate and it was refused
/// @param claimed who they say to be in it, which nothing proves
public record FailedHandshake(Problem problem, boolean refused, Optional<Identity> claimed) {
    /// The alerts of somebody who does not believe the master, as both TLS libraries write them.
    private static final List<String> DISBELIEF =
            List.of("unknown_ca", "bad_certificate", "certificate_unknown");

    /// Nothing when the connection only broke: that says nothing of either side.
    public static Optional<FailedHandshake> of(Throwable failure) {
        var distrust = Causes.first(failure, Distrust.class);
        if (distrust.isPresent()) {
            return Optional.of(refused(distrust.get()));
        }
        var alerts = Causes.alerts(failure).toList();
        if (alerts.stream().anyMatch(alert -> alert.contains(Refusals.EXPIRED))) {
            return unproven(
                    WireProblems.NOT_OUR_MASTER,
                    "whoever called says that the certificate of this master is over",
                    "see whether the clock there is ahead, or the clock of this machine behind");
        }
        if (alerts.stream().anyMatch(alert -> DISBELIEF.stream().anyMatch(alert::contains))) {
            return unproven(
                    WireProblems.NOT_OUR_MASTER,
                    "whoever called does not take this master for theirs",
                    "what they hold, a token or credentials, is of another master: give them some"
                            + " of this one, or the address of theirs");
        }
        return speaksTls(failure, alerts)
                ? Optional.empty()
                : unproven(
                        WireProblems.NO_TLS,
                        "what came does not speak TLS 1.3 as a sloth-runner does",
                        "if it should be an agent, use the same version of sloth-runner on both"
                                + " sides; if not, see who can reach this port");
    }

    private static boolean speaksTls(Throwable failure, List<String> alerts) {
        boolean foreign =
                Causes.first(failure, NotSslRecordException.class).isPresent()
                        || Causes.of(failure)
                                .filter(SSLException.class::isInstance)
                                .map(each -> String.valueOf(each.getMessage()))
                                .anyMatch(FailedHandshake::isOfTheLibrary);
        return !foreign && alerts.isEmpty();
    }

    /// What the library could not make sense of; when a connection breaks it has no such words.
    private static boolean isOfTheLibrary(String message) {
        return message.contains("SSL routines");
    }

    private static FailedHandshake refused(Distrust why) {
        var who =
                why.claimed()
                        .map(claimed -> "the certificate of %s".formatted(claimed.uri()))
                        .orElse("the certificate of a stranger");
        var message = ((Exception) why).getMessage();
        boolean over = why instanceof CertificateExpiredException;
        return new FailedHandshake(
                WireProblems.problem(
                        over ? WireProblems.CERTIFICATE_OVER : WireProblems.STRANGER,
                        "%s is refused: %s".formatted(who, message),
                        over
                                ? "join it again with a new token, or make new credentials; if it"
                                        + " should still hold, see whether the clock of this machine"
                                        + " is right"
                                : "if it should be let in, join it with a token of this master, or"
                                        + " give it credentials of this one"),
                true,
                why.claimed());
    }

    private static Optional<FailedHandshake> unproven(String code, String cause, String remedy) {
        return Optional.of(
                new FailedHandshake(
                        WireProblems.problem(code, cause, remedy), false, Optional.empty()));
    }
}
