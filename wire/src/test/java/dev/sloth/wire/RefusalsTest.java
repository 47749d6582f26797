package dev.sloth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final MasterAddress MASTER = new MasterAddress("m", 1);

    private static String code(Throwable cause) {
        StatusException failure = Status.UNAVAILABLE.withCause(cause).asException();
        return Refusals.read(failure, MASTER).list().getFirst().code();
    }

    @Test
    void a_connection_that_breaks_while_hands_are_shaken_says_nothing_of_the_certificate() {
        assertThat(
                        code(
                                new SSLHandshakeException(
                                        "Connection closed while SSL/TLS handshake was in"
                                                + " progress")))
                .isEqualTo(WireProblems.UNREACHABLE);
        assertThat(code(new SSLException("SSLEngine closed already")))
                .isEqualTo(WireProblems.UNREACHABLE);
    }

    @Test
    void who_is_told_in_tls_that_its_certificate_is_over_is_none() {
        assertThat(
                        code(
                                new SSLHandshakeException(
                                        "error:10000415:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_EXPIRED")))
                .isEqualTo(WireProblems.CERTIFICATE_OVER);
        assertThat(code(new SSLException("Received fatal alert: certificate_expired")))
                .isEqualTo(WireProblems.CERTIFICATE_OVER);
    }

    @Test
    void who_is_told_in_tls_that_it_is_not_wanted_is_a_stranger() {
        assertThat(
                        code(
                                new SSLHandshakeException(
                                        "error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA")))
                .isEqualTo(WireProblems.STRANGER);
        assertThat(code(new SSLException("Received fatal alert: certificate_unknown")))
                .isEqualTo(WireProblems.STRANGER);
    }
}
