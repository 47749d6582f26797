package dev.sloth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/// A master that could not let somebody in knows why, and what helps.
class FailedHandshakeTest {
    private final SecureRandom random = new SecureRandom();

    private static FailedHandshake read(Throwable cause) {
        return FailedHandshake.of(cause).orElseThrow();
    }

    private static FailedHandshake alert(String words) {
        return read(new SSLHandshakeException(words));
    }

    private FailedHandshake shown(X509Certificate authority, X509Certificate shown) {
        var trust = Trust.in(authority, InstantSource.fixed(Draft.NOW));
        try {
            trust.checkClientTrusted(new X509Certificate[] {shown}, "");
        } catch (CertificateException e) {
            return read(new SSLHandshakeException("refused").initCause(e));
        }
        throw new AssertionError("it was believed");
    }

    @Test
    void a_certificate_that_is_refused_names_who_it_says_to_be_of() {
        var ours = Keys.make(random);
        var authority = Draft.authority(ours.getPublic()).by(ours);
        var stranger = shown(authority, Draft.agent().by(Keys.make(random)));
        assertThat(stranger.refused()).isTrue();
        assertThat(stranger.problem().code()).isEqualTo(WireProblems.STRANGER);
        assertThat(stranger.claimed()).map(Identity::uri).hasValue(Draft.AGENT);
        assertThat(stranger.problem().message()).contains(Draft.AGENT);

        var over = shown(authority, Draft.agent().until(Draft.NOW.minusSeconds(1)).by(ours));
        assertThat(over.refused()).isTrue();
        assertThat(over.problem().code()).isEqualTo(WireProblems.CERTIFICATE_OVER);
        assertThat(over.claimed()).map(Identity::uri).hasValue(Draft.AGENT);
        assertThat(over.problem().message()).contains("over at " + Draft.NOW.minusSeconds(1));
    }

    @Test
    void who_does_not_believe_the_master_means_another_or_has_another_clock() {
        for (var words :
                new String[] {
                    "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE",
                    "error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA",
                    "Received fatal alert: certificate_unknown"
                }) {
            assertThat(alert(words).problem().code()).isEqualTo(WireProblems.NOT_OUR_MASTER);
            assertThat(alert(words).refused()).isFalse();
            assertThat(alert(words).problem().remedy()).contains("of another master");
        }
        var over = alert("Received fatal alert: certificate_expired").problem();
        assertThat(over.code()).isEqualTo(WireProblems.NOT_OUR_MASTER);
        assertThat(over.remedy()).contains("clock");
    }

    @Test
    void who_speaks_no_tls_as_ours_is_told_apart_from_who_broke_off() {
        assertThat(read(new NotSslRecordException("not an SSL/TLS record")).problem().code())
                .isEqualTo(WireProblems.NO_TLS);
        assertThat(
                        alert("error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL")
                                .problem()
                                .code())
                .isEqualTo(WireProblems.NO_TLS);
        assertThat(FailedHandshake.of(new ClosedChannelException())).isEmpty();
        assertThat(
                        FailedHandshake.of(
                                new SSLHandshakeException(
                                        "Connection closed while SSL/TLS handshake was in"
                                                + " progress")))
                .isEmpty();
    }
}
