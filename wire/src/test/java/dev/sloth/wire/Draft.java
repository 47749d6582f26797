package dev.sloth.wire;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate as ours are, until something is said of it.
final class Draft {
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    static final String AGENT = "spiffe://sloth-1/ns/default/agent/a1";
    static final String MASTER = "spiffe://sloth-1/master/m1";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String AUTHORITY = "CN=authority";

    private record Part(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

    private final List<Part> parts = new ArrayList<>();
    private final PublicKey of;
    private String subject = "CN=sloth-runner";
    private String issuer = AUTHORITY;
    private String algorithm = Keys.SIGNATURE;
    private Instant from = NOW.minus(Duration.ofHours(1));
    private Instant until = NOW.plus(Duration.ofHours(1));

    Draft(PublicKey of, String uri, KeyPurposeId purpose) {
        this.of = of;
        with(Extension.basicConstraints, true, new BasicConstraints(false));
        with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        with(Extension.subjectAlternativeName, false, uri(uri));
    }

    static Draft agent() {
        return new Draft(Keys.make(RANDOM).getPublic(), AGENT, KeyPurposeId.id_kp_clientAuth);
    }

    static Draft master() {
        return new Draft(Keys.make(RANDOM).getPublic(), MASTER, KeyPurposeId.id_kp_serverAuth);
    }

    static Draft authority(PublicKey of) {
        return authority("CN=authority", of);
    }

    static Draft authority(String name, PublicKey of) {
        var draft = new Draft(of, "spiffe://sloth-1", KeyPurposeId.id_kp_clientAuth);
        draft.subject = name;
        return draft.without(Extension.extendedKeyUsage)
                .with(Extension.basicConstraints, true, new BasicConstraints(true))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    }

    private static GeneralNames uri(String uri) {
        return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    }

    Draft with(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        parts.removeIf(part -> part.id.equals(id));
        parts.add(new Part(id, critical, value));
        return this;
    }

    Draft without(ASN1ObjectIdentifier id) {
        parts.removeIf(part -> part.id.equals(id));
        return this;
    }

    Draft from(Instant begin) {
        from = begin;
        return this;
    }

    Draft until(Instant end) {
        until = end;
        return this;
    }

    Draft issuer(String name) {
        issuer = name;
        return this;
    }

    Draft signedWith(String how) {
        algorithm = how;
        return this;
    }

    X509Certificate by(KeyPair signer) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            new X500Principal(issuer),
                            BigInteger.valueOf(RANDOM.nextLong()).abs(),
                            Date.from(from),
                            Date.from(until),
                            new X500Principal(subject),
                            of);
            for (var part : parts) {
                var _ = builder.addExtension(part.id, part.critical, part.value);
            }
            var signing = new JcaContentSignerBuilder(algorithm).build(signer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signing));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate for a test cannot be made", e);
        }
    }
}
