package dev.sloth.wire;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// All that is to be known of a certificate of ours, whose form and purpose are those of its
/// holder.
///
/// @param identity who holds it
/// @param keyHash the SHA-256 of the key in it
/// @param from when it begins to hold
/// @param until when it ends
public record Holder(Identity identity, byte[] keyHash, Instant from, Instant until) {
    private static final String MAY_SERVE = "1.3.6.1.5.5.7.3.1";
    private static final String MAY_CALL = "1.3.6.1.5.5.7.3.2";

    /// What a certificate says, at whatever time and whoever signed it.
    ///
    /// @throws CertificateException when it is not as this authority makes them
    static Holder of(X509Certificate certificate, X509Certificate authority)
            throws CertificateException {
        Issued.checkForm(certificate, authority);
        var identity =
                Identity.of(certificate)
                        .orElseThrow(() ->
                                new CertificateException(
                                        "the holder of the certificate is of another kind"));
        Issued.checkUse(certificate, identity instanceof Identity.Master ? MAY_SERVE : MAY_CALL);
        return new Holder(
                identity,
                Keys.pin(certificate.getPublicKey()),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /// One that has not begun to hold is taken: an agent whose clock is behind must reach its
    /// master, which tells it so, and a master that starts with such a clock must not send its
    /// agents away; nobody gains by showing a certificate too early.
    ///
    /// @throws CertificateExpiredException when it is over
    void checkTime(Instant now) throws CertificateExpiredException {
        if (now.isAfter(until)) {
            throw new CertificateExpiredException("the certificate was over at " + until);
        }
    }
}
