package dev.sloth.wire;

import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A key with its certificate.
///
/// @param chain its own certificate first, the authority's last
public record Credentials(PrivateKey key, List<X509Certificate> chain) {
    /// How much of its life is left when a certificate is to be renewed: a third.
    private static final int PARTS = 3;

    public Credentials {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
    }

    /// @throws dev.sloth.api.workflow.Problems when these are no certificates
    public static Credentials of(PrivateKey key, List<byte[]> chain) {
        var certificates = new ArrayList<X509Certificate>();
        for (var each : chain) {
            certificates.add(certificate(each));
        }
        if (certificates.isEmpty()) {
            throw unreadable();
        }
        return new Credentials(key, certificates);
    }

    private static X509Certificate certificate(byte[] bytes) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException _) {
            throw unreadable();
        }
    }

    private static RuntimeException unreadable() {
        return WireProblems.of(
                WireProblems.NOT_OUR_MASTER,
                "the master answered with something that is no certificate",
                "look at what listens at this address");
    }

    public X509Certificate own() {
        return chain.getFirst();
    }

    public X509Certificate authority() {
        return chain.getLast();
    }

    public KeyPair pair() {
        return new KeyPair(own().getPublicKey(), key);
    }

    public Instant until() {
        return own().getNotAfter().toInstant();
    }

    /// When two thirds of its life are over.
    public Instant renewAt() {
        return until().minus(life().dividedBy(PARTS));
    }

    public Duration life() {
        return Duration.between(own().getNotBefore().toInstant(), until());
    }

    /// @throws dev.sloth.api.workflow.Problems when the certificate says nothing of that
    public Identity identity() {
        return Identity.of(own())
                .orElseThrow(() ->
                        WireProblems.of(
                                WireProblems.UNUSABLE_FILE,
                                "the certificate does not say whose it is",
                                "use one that a sloth-runner master has made"));
    }

    @Override
    public String toString() {
        return "Credentials[" + own().getSubjectX500Principal() + "]";
    }
}
