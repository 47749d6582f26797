package dev.sloth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.wire.KnownSignatures.Signature;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

/// A known signature is not checked again, and that is all that is not.
class KnownSignaturesTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Draft.NOW;

    private final KeyPair key = Keys.make(RANDOM);
    private final KeyPair stranger = Keys.make(RANDOM);
    private final X509Certificate authority = Draft.authority(key.getPublic()).by(key);
    private final KnownSignatures known = new KnownSignatures(authority);

    private Trust trust() {
        return Trust.in(authority, InstantSource.fixed(NOW), known);
    }

    private void takes(X509Certificate own) {
        assertThatCode(() -> trust().checkClientTrusted(new X509Certificate[] {own}, ""))
                .doesNotThrowAnyException();
    }

    private void refuses(X509Certificate own, String why) {
        assertThatThrownBy(() -> trust().checkClientTrusted(new X509Certificate[] {own}, ""))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(why);
    }

    @Test
    void what_was_checked_is_known_from_then_on() {
        var own = Draft.agent().by(key);
        assertThat(known.holder(own)).isEmpty();
        takes(own);
        assertThat(known.holder(own)).isPresent();
        takes(own);
    }

    @Test
    void what_was_refused_is_not_known() {
        var forged = Draft.agent().by(stranger);
        refuses(forged, "not signed by the authority");
        var over = Draft.agent().until(NOW.minusSeconds(1)).by(key);
        refuses(over, "over at");
        assertThat(known.holder(forged)).isEmpty();
        assertThat(known.holder(over)).isEmpty();
        assertThat(known.all()).isEmpty();
    }

    @Test
    void the_signature_of_a_known_one_is_not_checked_again() {
        var unsigned = Draft.agent().by(stranger);
        known.addSigned(unsigned);
        takes(unsigned);
        refuses(Draft.agent().by(stranger), "not signed by the authority");
    }

    @Test
    void the_time_and_the_purpose_of_a_known_one_are_looked_at_each_time() {
        var over = Draft.agent().until(NOW.minusSeconds(1)).by(key);
        var serves = Draft.master().by(key);
        List.of(over, serves).forEach(known::addSigned);
        refuses(over, "over at");
        refuses(serves, "not made for this");
    }

    @Test
    void what_is_not_as_ours_are_cannot_be_known() {
        var aside = Draft.agent().without(Extension.extendedKeyUsage).by(key);
        var above =
                Draft.agent()
                        .with(Extension.basicConstraints, true, new BasicConstraints(true))
                        .by(key);
        var nobody = Draft.agent().without(Extension.subjectAlternativeName).by(key);
        for (var strange : List.of(aside, above, nobody)) {
            assertThatThrownBy(() -> known.addSigned(strange))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        refuses(aside, "not made for this");
        refuses(above, "one of an authority");
        refuses(nobody, "another kind");
        assertThat(known.all()).isEmpty();
    }

    @Test
    void a_known_one_is_held_by_who_it_says_with_its_key() throws CertificateException {
        var own = Draft.agent().by(key);
        known.addSigned(own);
        assertThat(known.holder(own))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(Holder.of(own, authority));
    }

    @Test
    void what_one_authority_signed_is_unknown_of_another_of_the_same_name() {
        var own = Draft.agent().by(key);
        known.addSigned(own);
        var other = Keys.make(RANDOM);
        var theirs = new KnownSignatures(Draft.authority(other.getPublic()).by(other));
        theirs.bringBack(known.all());
        assertThat(theirs.all()).hasSize(1);
        assertThat(theirs.holder(own)).isEmpty();
        assertThatThrownBy(() -> Trust.in(authority, InstantSource.fixed(NOW), theirs))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_over_is_forgotten() {
        var own = Draft.agent().by(key);
        known.addSigned(own);
        known.tidy(NOW);
        assertThat(known.holder(own)).isPresent();
        known.tidy(NOW.plus(Duration.ofHours(1)));
        assertThat(known.holder(own)).isEmpty();
    }

    @Test
    void news_are_told_once() {
        var own = Draft.agent().by(key);
        known.addSigned(own);
        known.addSigned(own);
        assertThat(known.news()).hasSize(1);
        assertThat(known.news()).isEmpty();
    }

    @Test
    void when_there_are_too_many_the_others_are_checked_each_time() {
        var somebody =
                new Holder(
                        new Identity.User("here", "somebody"),
                        new byte[KnownSignatures.FINGERPRINT_BYTES],
                        NOW,
                        NOW.plusSeconds(1));
        known.bringBack(
                IntStream.range(0, KnownSignatures.MAX + 1)
                        .mapToObj(number -> {
                            var print =
                                    ByteBuffer.allocate(KnownSignatures.FINGERPRINT_BYTES)
                                            .putInt(number);
                            return new Signature(print.array(), somebody);
                        })
                        .toList());
        assertThat(known.all()).hasSize(KnownSignatures.MAX);
        var own = Draft.agent().by(key);
        takes(own);
        assertThat(known.holder(own)).isEmpty();
        takes(own);
    }
}
