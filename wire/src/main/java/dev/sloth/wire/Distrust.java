package dev.sloth.wire;

import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslCertificateException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A certificate that was shown is not believed; the message says why. Both kinds stay what TLS
/// knows, so that the other side is told with the right alert.
sealed interface Distrust {
    /// Who its holder says to be. Nothing of that is proven.
    Optional<Identity> claimed();

    /// Its time is up; nothing else was looked at.
    final class Over extends CertificateExpiredException implements Distrust {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Identity> claimed;
        private final Instant end;
        private final Instant seen;

        /// @param seen what the clock showed that says so
        Over(X509Certificate shown, Instant seen, CertificateExpiredException cause) {
            super("the certificate was over at " + shown.getNotAfter().toInstant());
            this.end = shown.getNotAfter().toInstant();
            this.seen = seen.truncatedTo(ChronoUnit.SECONDS);
            claimed = Identity.of(shown);
            var _ = initCause(cause);
        }

        @Override
        public Optional<Identity> claimed() {
            return claimed;
        }

        Instant end() {
            return end;
        }

        Instant seen() {
            return seen;
        }
    }

    /// It is none of ours, or not one for this.
    final class Stranger extends CertificateException implements Distrust {
        private static final long serialVersionUID = 1L;

        /// `X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY`, which is told as `unknown_ca`.
        private static final int UNKNOWN_AUTHORITY = 20;

        private final transient Optional<Identity> claimed;

        Stranger(X509Certificate[] chain, CertificateException cause) {
            super(cause.getMessage(), cause);
            claimed = chain.length == 0 ? Optional.empty() : Identity.of(chain[0]);
        }

        @Override
        public Optional<Identity> claimed() {
            return claimed;
        }

        /// As the library takes it: of an exception that it knows nothing of, it tells the other
        /// side that something is broken here.
        CertificateException told() {
            return new OpenSslCertificateException(getMessage(), this, UNKNOWN_AUTHORITY);
        }
    }
}
