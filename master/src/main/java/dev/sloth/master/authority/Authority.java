package dev.sloth.master.authority;

import dev.sloth.wire.Credentials;
import dev.sloth.wire.CredentialsFile;
import dev.sloth.wire.Identity;
import dev.sloth.wire.Keys;
import dev.sloth.wire.KnownSignatures;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.x500.X500Principal;
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

/// Makes certificates. Safe for use by many threads.
public final class Authority {
    private static final Duration LIFE = Duration.ofDays(3_650);
    private static final int DOMAIN_BYTES = 6;
    private static final int SERIAL_BITS = 120;

    /// Room for authorities below this one, one for each of several masters.
    private static final int BELOW_MAX = 1;

    private final Credentials own;
    private final String trustDomain;
    private final Lives lives;
    private final SecureRandom random;
    private final InstantSource time;
    private final KnownSignatures signatures;

    private Authority(
            Credentials own,
            String trustDomain,
            Lives lives,
            SecureRandom random,
            InstantSource time) {
        this.own = own;
        this.signatures = new KnownSignatures(own.own());
        this.trustDomain = trustDomain;
        this.lives = lives;
        this.random = random;
        this.time = time;
    }

    /// The one in a file, which is made when there is none.
    ///
    /// @throws dev.sloth.api.workflow.Problems when the file cannot be used
    public static Authority open(Path path, Lives lives, SecureRandom random, InstantSource time) {
        var file = new CredentialsFile(path);
        var kept = file.credentials();
        if (kept.isPresent()) {
            var domain = kept.get().identity().trustDomain();
            return new Authority(kept.get(), domain, lives, random, time);
        }
        var made = made(lives, random, time);
        file.write(made.own);
        return made;
    }

    private static Authority made(Lives lives, SecureRandom random, InstantSource time) {
        var word = new byte[DOMAIN_BYTES];
        random.nextBytes(word);
        var domain = "sloth-" + HexFormat.of().formatHex(word);
        var pair = Keys.make(random);
        var holder = new Identity.Authority(domain);
        var name = principal("authority " + domain);
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            serial(random),
                            Date.from(time.instant().minus(lives.backdated())),
                            Date.from(time.instant().plus(LIFE)),
                            name,
                            pair.getPublic());
            var _ =
                    builder.addExtension(
                                    Extension.basicConstraints,
                                    true,
                                    new BasicConstraints(BELOW_MAX))
                            .addExtension(
                                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                            .addExtension(Extension.subjectAlternativeName, false, names(holder));
            var signer = new JcaContentSignerBuilder(Keys.SIGNATURE).build(pair.getPrivate());
            var certificate =
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new Authority(
                    new Credentials(pair.getPrivate(), List.of(certificate)),
                    domain,
                    lives,
                    random,
                    time);
        } catch (OperatorCreationException | GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("no authority can be made", e);
        }
    }

    public String trustDomain() {
        return trustDomain;
    }

    /// What it has signed, as far as that is known.
    public KnownSignatures signatures() {
        return signatures;
    }

    /// A key for those who keep something beside the authority that nobody else may have written.
    ///
    /// @param algorithm what it is for; each has a key of its own
    SecretKey secret(String algorithm) {
        var label = (algorithm + " of sloth-runner").getBytes(StandardCharsets.UTF_8);
        var key = own.key().getEncoded();
        var seed = ByteBuffer.allocate(label.length + key.length).put(label).put(key);
        return new SecretKeySpec(Keys.sha256(seed.array()), algorithm);
    }

    /// What join tokens hold masters to.
    public byte[] pin() {
        return Keys.pin(own.own().getPublicKey());
    }

    /// When a certificate ends that an agent gets now.
    public Instant agentUntil() {
        return time.instant().plus(lives.agent());
    }

    /// A certificate for an agent.
    ///
    /// @return its own first, ours last
    public List<X509Certificate> agent(PublicKey key, String namespace, String id) {
        var holder = new Identity.Agent(trustDomain, namespace, id);
        return issued(key, holder, KeyPurposeId.id_kp_clientAuth, lives.agent());
    }

    /// A key and a certificate for the master itself.
    public Credentials master(String id) {
        var pair = Keys.make(random);
        var holder = new Identity.Master(trustDomain, id);
        return new Credentials(
                pair.getPrivate(),
                issued(pair.getPublic(), holder, KeyPurposeId.id_kp_serverAuth, lives.master()));
    }

    /// A key and a certificate for somebody who may do everything.
    public Credentials administrator(String name) {
        var pair = Keys.make(random);
        var holder = new Identity.Administrator(trustDomain, name);
        return new Credentials(
                pair.getPrivate(),
                issued(
                        pair.getPublic(),
                        holder,
                        KeyPurposeId.id_kp_clientAuth,
                        lives.administrator()));
    }

    /// A certificate for somebody whose role is looked up when they call.
    ///
    /// @return their own first, ours last
    public List<X509Certificate> user(PublicKey key, String name, Duration life) {
        var holder = new Identity.User(trustDomain, name);
        return issued(key, holder, KeyPurposeId.id_kp_clientAuth, life);
    }

    /// When the certificate of the authority itself ends.
    public Instant until() {
        return own.until();
    }

    private List<X509Certificate> issued(
            PublicKey key, Identity holder, KeyPurposeId purpose, Duration life) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            own.own(),
                            serial(random),
                            Date.from(time.instant().minus(lives.backdated(life))),
                            Date.from(time.instant().plus(life)),
                            principal("sloth-runner"),
                            key);
            var _ =
                    builder.addExtension(
                                    Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(
                                    Extension.keyUsage,
                                    true,
                                    new KeyUsage(KeyUsage.digitalSignature))
                            .addExtension(
                                    Extension.extendedKeyUsage,
                                    false,
                                    new ExtendedKeyUsage(purpose))
                            .addExtension(Extension.subjectAlternativeName, false, names(holder));
            var signer = new JcaContentSignerBuilder(Keys.SIGNATURE).build(own.key());
            var made = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            signatures.addSigned(made);
            return List.of(made, own.own());
        } catch (OperatorCreationException | GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("no certificate can be made for " + holder, e);
        }
    }

    private static GeneralNames names(Identity holder) {
        return new GeneralNames(
                new GeneralName(GeneralName.uniformResourceIdentifier, holder.uri()));
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    private static X500Principal principal(String name) {
        return new X500Principal("CN=" + name);
    }
}
