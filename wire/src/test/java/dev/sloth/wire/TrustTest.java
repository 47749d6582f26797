package dev.sloth.wire;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/// Only what the authority itself has made, as it makes it, is believed.
class TrustTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String AUTHORITY = "CN=authority";
    private static final String AGENT = "spiffe://sloth-1/ns/default/agent/a1";
    private static final String MASTER = "spiffe://sloth-1/master/m1";

    private final KeyPair key = Keys.make(RANDOM);
    private final X509Certificate authority =
            new Draft(AUTHORITY, key.getPublic(), "spiffe://sloth-1").authority().by(key);

    /// A certificate as ours are, until something is said of it.
    private static final class Draft {
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

        Draft(String subject, PublicKey of, String uri) {
            this(of, uri, KeyPurposeId.id_kp_clientAuth);
            this.subject = subject;
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

        Draft authority() {
            return without(Extension.extendedKeyUsage)
                    .with(Extension.basicConstraints, true, new BasicConstraints(true))
                    .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
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

    private static Draft agent() {
        return new Draft(Keys.make(RANDOM).getPublic(), AGENT, KeyPurposeId.id_kp_clientAuth);
    }

    private static Draft master() {
        return new Draft(Keys.make(RANDOM).getPublic(), MASTER, KeyPurposeId.id_kp_serverAuth);
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    }

    private Trust trust() {
        return Trust.in(authority, InstantSource.fixed(NOW));
    }

    private Trust pinned() {
        return Trust.pinned(Keys.pin(key.getPublic()), InstantSource.fixed(NOW));
    }

    private void takes(X509Certificate... chain) {
        assertThatCode(() -> trust().checkClientTrusted(chain, "")).doesNotThrowAnyException();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refuses(X509Certificate... chain) {
        return assertThatThrownBy(() -> trust().checkClientTrusted(chain, ""))
                .isInstanceOf(CertificateException.class);
    }

    private void refuses(Consumer<Draft> change, String why) {
        var draft = agent();
        change.accept(draft);
        refuses(draft.by(key)).hasMessageContaining(why);
    }

    @Test
    void an_agent_of_the_authority_is_believed_with_and_without_the_authority_behind_it() {
        takes(agent().by(key));
        takes(agent().by(key), authority);
    }

    @Test
    void a_master_of_the_authority_is_believed_also_by_who_knows_its_pin_only() {
        X509Certificate[] chain = {master().by(key), authority};
        assertThatCode(() -> trust().checkServerTrusted(chain, "")).doesNotThrowAnyException();
        assertThatCode(() -> pinned().checkServerTrusted(chain, "")).doesNotThrowAnyException();
    }

    @Test
    void nothing_is_no_certificate() {
        refuses().hasMessageContaining("no certificate");
    }

    @Test
    void the_authority_itself_does_not_speak() {
        refuses(authority).hasMessageContaining("itself");
        refuses(authority, authority).hasMessageContaining("itself");
        refuses(authority, agent().by(key)).hasMessageContaining("itself");
    }

    @Test
    void nobody_stands_between_a_certificate_and_its_authority() {
        var between = Keys.make(RANDOM);
        var below =
                new Draft("CN=below", between.getPublic(), "spiffe://sloth-1").authority().by(key);
        var leaf = agent().issuer("CN=below").by(between);
        refuses(leaf, below).hasMessageContaining("between");
        refuses(leaf, below, authority).hasMessageContaining("between");
        refuses(leaf, authority).hasMessageContaining("of another authority");
        refuses(leaf).hasMessageContaining("of another authority");
        refuses(agent().by(key), below, authority).hasMessageContaining("between");
    }

    @Test
    void an_agent_vouches_for_nobody() {
        var holder = Keys.make(RANDOM);
        var own = new Draft(holder.getPublic(), AGENT, KeyPurposeId.id_kp_clientAuth).by(key);
        refuses(agent().issuer("CN=sloth-runner").by(holder), own).hasMessageContaining("between");
        refuses(agent().by(holder)).hasMessageContaining("not signed by the authority");
    }

    @Test
    void another_authority_of_the_same_name_is_another_authority() {
        var other = Keys.make(RANDOM);
        var impostor =
                new Draft(AUTHORITY, other.getPublic(), "spiffe://sloth-1").authority().by(other);
        refuses(agent().by(other)).hasMessageContaining("not signed by the authority");
        refuses(agent().by(other), authority).hasMessageContaining("not signed by the authority");
        refuses(agent().by(other), impostor).hasMessageContaining("between");
    }

    @Test
    void an_authority_with_another_pin_is_another_authority() {
        var other = Keys.make(RANDOM);
        var impostor =
                new Draft(AUTHORITY, other.getPublic(), "spiffe://sloth-1").authority().by(other);
        X509Certificate[] chain = {master().by(other), impostor};
        assertThatThrownBy(() -> pinned().checkServerTrusted(chain, ""))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("of another authority");
        X509Certificate[] lent = {master().by(other), authority};
        assertThatThrownBy(() -> pinned().checkServerTrusted(lent, ""))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("not signed by the authority");
    }

    @Test
    void another_name_of_the_issuer_is_another_authority() {
        refuses(draft -> draft.issuer("CN=Authority"), "of another authority");
    }

    @Test
    void what_is_over_or_has_not_begun_is_refused() {
        refuses(agent().until(NOW.minusSeconds(1)).by(key))
                .isInstanceOf(CertificateExpiredException.class);
        refuses(agent().from(NOW.plusSeconds(1)).by(key))
                .isInstanceOf(CertificateNotYetValidException.class);
    }

    @Test
    void a_master_that_is_over_is_refused_and_one_that_has_not_begun_is_not() {
        X509Certificate[] over = {master().until(NOW.minusSeconds(1)).by(key), authority};
        assertThatThrownBy(() -> trust().checkServerTrusted(over, ""))
                .isInstanceOf(CertificateExpiredException.class);
        X509Certificate[] early = {master().from(NOW.plusSeconds(1)).by(key), authority};
        assertThatCode(() -> trust().checkServerTrusted(early, "")).doesNotThrowAnyException();
    }

    @Test
    void a_certificate_is_good_for_the_one_thing_that_it_was_made_for() {
        refuses(draft -> draft.without(Extension.extendedKeyUsage), "not made for this");
        refuses(
                draft ->
                        draft.with(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage)),
                "not made for this");
        KeyPurposeId[] both = {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth};
        refuses(
                draft -> draft.with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(both)),
                "not made for this");
        refuses(master().by(key)).hasMessageContaining("not made for this");
        X509Certificate[] serves = {agent().by(key), authority};
        assertThatThrownBy(() -> trust().checkServerTrusted(serves, ""))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("not made for this");
    }

    @Test
    void a_holder_is_of_the_kind_that_is_asked_for() {
        refuses(new Draft(key.getPublic(), MASTER, KeyPurposeId.id_kp_clientAuth).by(key))
                .hasMessageContaining("another kind");
        refuses(new Draft(key.getPublic(), "https://a", KeyPurposeId.id_kp_clientAuth).by(key))
                .hasMessageContaining("another kind");
        refuses(draft -> draft.without(Extension.subjectAlternativeName), "another kind");
    }

    @Test
    void who_may_sign_may_not_speak() {
        refuses(
                draft -> draft.with(Extension.basicConstraints, true, new BasicConstraints(true)),
                "one of an authority");
        refuses(
                draft ->
                        draft.with(
                                Extension.keyUsage,
                                true,
                                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)),
                "for something else");
        refuses(draft -> draft.without(Extension.keyUsage), "for something else");
        refuses(
                draft -> draft.with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement)),
                "for something else");
    }

    @Test
    void a_condition_that_nobody_here_understands_is_not_passed_over() {
        var unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
        var policies = new CertificatePolicies(new PolicyInformation(unknown));
        refuses(draft -> draft.with(unknown, true, DERNull.INSTANCE), "conditions");
        refuses(draft -> draft.with(Extension.certificatePolicies, true, policies), "condition");
        takes(agent().with(unknown, false, DERNull.INSTANCE).by(key));
    }

    @Test
    void no_other_algorithm_is_taken_than_ours() throws Exception {
        refuses(draft -> draft.signedWith("SHA384withECDSA"), "in another way");
        refuses(draft -> draft.signedWith("SHA1withECDSA"), "in another way");
        refuses(agent().signedWith("SHA256withRSA").by(rsa())).hasMessageContaining("another way");
        refuses(new Draft(rsa().getPublic(), AGENT, KeyPurposeId.id_kp_clientAuth).by(key))
                .hasMessageContaining("another kind");
    }

    @Test
    void a_byte_that_was_changed_is_seen() throws Exception {
        var bytes = agent().by(key).getEncoded();
        // The last byte is one of the signature.
        bytes[bytes.length - 1] ^= 1;
        var changed = Credentials.of(key.getPrivate(), List.of(bytes)).own();
        refuses(changed).hasMessageContaining("not signed by the authority");
    }
}
