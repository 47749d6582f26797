package dev.sloth.wire;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;

/// Only what the authority itself has made, as it makes it, is believed.
class TrustTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Draft.NOW;
    private static final String AUTHORITY = "CN=authority";

    private final KeyPair key = Keys.make(RANDOM);
    private final X509Certificate authority = Draft.authority(key.getPublic()).by(key);

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
        var draft = Draft.agent();
        change.accept(draft);
        refuses(draft.by(key)).hasMessageContaining(why);
    }

    @Test
    void an_agent_of_the_authority_is_believed_with_and_without_the_authority_behind_it() {
        takes(Draft.agent().by(key));
        takes(Draft.agent().by(key), authority);
    }

    @Test
    void a_master_of_the_authority_is_believed_also_by_who_knows_its_pin_only() {
        X509Certificate[] chain = {Draft.master().by(key), authority};
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
        refuses(authority, Draft.agent().by(key)).hasMessageContaining("itself");
    }

    @Test
    void nobody_stands_between_a_certificate_and_its_authority() {
        var between = Keys.make(RANDOM);
        var below = Draft.authority("CN=below", between.getPublic()).by(key);
        var leaf = Draft.agent().issuer("CN=below").by(between);
        refuses(leaf, below).hasMessageContaining("between");
        refuses(leaf, below, authority).hasMessageContaining("between");
        refuses(leaf, authority).hasMessageContaining("of another authority");
        refuses(leaf).hasMessageContaining("of another authority");
        refuses(Draft.agent().by(key), below, authority).hasMessageContaining("between");
    }

    @Test
    void an_agent_vouches_for_nobody() {
        var holder = Keys.make(RANDOM);
        var own = new Draft(holder.getPublic(), Draft.AGENT, KeyPurposeId.id_kp_clientAuth).by(key);
        refuses(Draft.agent().issuer("CN=sloth-runner").by(holder), own)
                .hasMessageContaining("between");
        refuses(Draft.agent().by(holder)).hasMessageContaining("not signed by the authority");
    }

    @Test
    void another_authority_of_the_same_name_is_another_authority() {
        var other = Keys.make(RANDOM);
        var impostor = Draft.authority(AUTHORITY, other.getPublic()).by(other);
        refuses(Draft.agent().by(other)).hasMessageContaining("not signed by the authority");
        refuses(Draft.agent().by(other), authority)
                .hasMessageContaining("not signed by the authority");
        refuses(Draft.agent().by(other), impostor).hasMessageContaining("of another authority");
    }

    @Test
    void a_chain_of_another_authority_is_called_one() {
        var other = Keys.make(RANDOM);
        var theirs = Draft.authority("CN=theirs", other.getPublic()).issuer("CN=theirs").by(other);
        var leaf = Draft.agent().issuer("CN=theirs").by(other);
        refuses(leaf, theirs).hasMessageContaining("of another authority");
        var below = Draft.authority("CN=below", other.getPublic()).issuer("CN=theirs").by(other);
        refuses(leaf, below).hasMessageContaining("of another authority");
        refuses(leaf, below, theirs).hasMessageContaining("of another authority");
    }

    @Test
    void an_authority_with_another_pin_is_another_authority() {
        var other = Keys.make(RANDOM);
        var impostor = Draft.authority(AUTHORITY, other.getPublic()).by(other);
        X509Certificate[] chain = {Draft.master().by(other), impostor};
        assertThatThrownBy(() -> pinned().checkServerTrusted(chain, ""))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("of another authority");
        X509Certificate[] lent = {Draft.master().by(other), authority};
        assertThatThrownBy(() -> pinned().checkServerTrusted(lent, ""))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("not signed by the authority");
    }

    @Test
    void another_name_of_the_issuer_is_another_authority() {
        refuses(draft -> draft.issuer("CN=Authority"), "of another authority");
    }

    @Test
    void what_is_over_is_refused_and_what_has_not_begun_is_not() {
        refuses(Draft.agent().until(NOW.minusSeconds(1)).by(key))
                .isInstanceOf(CertificateExpiredException.class);
        takes(Draft.agent().from(NOW.plusSeconds(1)).by(key));
    }

    @Test
    void a_master_that_is_over_is_refused_and_one_that_has_not_begun_is_not() {
        X509Certificate[] over = {Draft.master().until(NOW.minusSeconds(1)).by(key), authority};
        assertThatThrownBy(() -> trust().checkServerTrusted(over, ""))
                .isInstanceOf(CertificateExpiredException.class);
        X509Certificate[] early = {Draft.master().from(NOW.plusSeconds(1)).by(key), authority};
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
        refuses(Draft.master().by(key)).hasMessageContaining("not made for this");
        X509Certificate[] serves = {Draft.agent().by(key), authority};
        assertThatThrownBy(() -> trust().checkServerTrusted(serves, ""))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("not made for this");
    }

    @Test
    void a_holder_is_of_the_kind_that_is_asked_for() {
        refuses(new Draft(key.getPublic(), Draft.MASTER, KeyPurposeId.id_kp_clientAuth).by(key))
                .hasMessageContaining("not made for this");
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
        takes(Draft.agent().with(unknown, false, DERNull.INSTANCE).by(key));
    }

    @Test
    void no_other_algorithm_is_taken_than_ours() throws Exception {
        refuses(draft -> draft.signedWith("SHA384withECDSA"), "in another way");
        refuses(draft -> draft.signedWith("SHA1withECDSA"), "in another way");
        refuses(Draft.agent().signedWith("SHA256withRSA").by(rsa()))
                .hasMessageContaining("another way");
        refuses(new Draft(rsa().getPublic(), Draft.AGENT, KeyPurposeId.id_kp_clientAuth).by(key))
                .hasMessageContaining("another kind");
    }

    @Test
    void a_byte_that_was_changed_is_seen() throws Exception {
        var bytes = Draft.agent().by(key).getEncoded();
        // The last byte is one of the signature.
        bytes[bytes.length - 1] ^= 1;
        var changed = Credentials.of(key.getPrivate(), List.of(bytes)).own();
        refuses(changed).hasMessageContaining("not signed by the authority");
    }
}
