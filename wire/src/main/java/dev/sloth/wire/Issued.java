package dev.sloth.wire;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Whether a certificate is one that an authority of ours has made with its own key, as it makes
/// them. It knows no chains, no other algorithm and no extension that ours do not have, so it
/// refuses more than the path validation of Java, and costs a fraction of it ([decision
/// 21](docs/decisions/0021-one-signature-is-checked.md)).
final class Issued {
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    private static final int VERSION = 3;
    private static final int NO_AUTHORITY = -1;

    /// Basic constraints, key usage, extended key usage and alternative names: what is looked at,
    /// here or by whoever asks.
    private static final Set<String> KNOWN =
            Set.of("2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.17");

    /// Bits of the key usage, as RFC 5280 numbers them.
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int CERTIFICATE_SIGNATURE = 5;

    private Issued() {}

    /// Everything but its time, what it is for, and the signature itself.
    ///
    /// @throws CertificateException when it is anything else
    static void checkForm(X509Certificate certificate, X509Certificate authority)
            throws CertificateException {
        checkKind(certificate);
        checkIssuer(certificate, authority);
    }

    private static void checkKind(X509Certificate certificate) throws CertificateException {
        if (certificate.getVersion() != VERSION || !Keys.isOurKind(certificate.getPublicKey())) {
            throw new CertificateException("the certificate is of another kind than ours");
        }
        var critical = certificate.getCriticalExtensionOIDs();
        if (critical == null || !KNOWN.containsAll(critical)) {
            throw new CertificateException("the certificate has conditions that ours do not have");
        }
        if (certificate.getBasicConstraints() != NO_AUTHORITY) {
            throw new CertificateException("the certificate is one of an authority");
        }
        var usage = certificate.getKeyUsage();
        if (usage == null || !usage[DIGITAL_SIGNATURE] || usage[CERTIFICATE_SIGNATURE]) {
            throw new CertificateException("the key of the certificate is for something else");
        }
    }

    /// @param use the one thing that it may be made for
    /// @throws CertificateException when it is for anything else
    static void checkUse(X509Certificate certificate, String use) throws CertificateException {
        var uses = certificate.getExtendedKeyUsage();
        if (uses == null || !uses.equals(List.of(use))) {
            throw new CertificateException("the certificate was not made for this");
        }
    }

    /// Names are compared as they are written: we write them ourselves.
    private static void checkIssuer(X509Certificate certificate, X509Certificate authority)
            throws CertificateException {
        var signer = authority.getSubjectX500Principal().getEncoded();
        if (!Arrays.equals(certificate.getIssuerX500Principal().getEncoded(), signer)) {
            throw new CertificateException("the certificate is of another authority");
        }
        if (!certificate.getSigAlgOID().equals(ECDSA_WITH_SHA256)
                || !Keys.isOurKind(authority.getPublicKey())) {
            throw new CertificateException("the certificate is signed in another way than ours");
        }
    }

    /// That the authority has signed it, which costs far more than all the rest.
    ///
    /// @throws CertificateException when it did not
    static void checkSignature(X509Certificate certificate, X509Certificate authority)
            throws CertificateException {
        try {
            certificate.verify(authority.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate was not signed by the authority", e);
        }
    }
}
