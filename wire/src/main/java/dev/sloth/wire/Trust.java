package dev.sloth.wire;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Whom to believe: certificates of one authority, made for what their holder does, of a known kind
/// of holder. Host names mean nothing here; only masters hold certificates that may serve.
final class Trust extends X509ExtendedTrustManager {
    private static final String OF_ANOTHER = "the certificate is of another authority";

    /// Its own certificate, and the authority's.
    private static final int CHAIN_MAX = 2;

    private final Predicate<X509Certificate> isAuthority;
    private final Optional<X509Certificate> authority;
    private final InstantSource time;
    private final Optional<KnownSignatures> known;

    private Trust(
            Predicate<X509Certificate> isAuthority,
            Optional<X509Certificate> authority,
            InstantSource time,
            Optional<KnownSignatures> known) {
        this.known = known;
        this.isAuthority = isAuthority;
        this.authority = authority;
        this.time = time;
    }

    /// Before the authority is known: it is the one whose key has this pin.
    static Trust pinned(byte[] pin, InstantSource time) {
        return new Trust(
                last -> MessageDigest.isEqual(Keys.pin(last.getPublicKey()), pin),
                Optional.empty(),
                time,
                Optional.empty());
    }

    static Trust in(X509Certificate authority, InstantSource time) {
        return new Trust(authority::equals, Optional.of(authority), time, Optional.empty());
    }

    /// @param known what the same authority has signed
    static Trust in(X509Certificate authority, InstantSource time, KnownSignatures known) {
        if (!known.areOf(authority)) {
            throw new IllegalArgumentException("signatures of another authority are known");
        }
        return new Trust(authority::equals, Optional.of(authority), time, Optional.of(known));
    }

    /// @throws CertificateException when it is not believed, with a [Distrust] in it
    private void check(X509Certificate[] chain, boolean master) throws CertificateException {
        try {
            look(chain, master);
        } catch (CertificateExpiredException e) {
            throw new Distrust.Over(chain[0], time.instant(), e);
        } catch (CertificateException e) {
            throw new Distrust.Stranger(chain, e).told();
        }
    }

    private void look(X509Certificate[] chain, boolean master) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("no certificate was shown");
        }
        var anchor = authority.orElse(chain[chain.length - 1]);
        if (!isAuthority.test(anchor)) {
            throw new CertificateException(OF_ANOTHER);
        }
        var own = chain[0];
        if (own.equals(anchor)) {
            throw new CertificateException("the authority itself speaks");
        }
        boolean direct = chain.length == 1 || chain[1].equals(anchor);
        if (!direct || chain.length > CHAIN_MAX) {
            throw new CertificateException(
                    leadsTo(anchor, chain[chain.length - 1])
                            ? "there is somebody between it and the authority"
                            : OF_ANOTHER);
        }
        var holder = known.flatMap(these -> these.holder(own));
        var who = holder.isPresent() ? holder.get() : Holder.of(own, anchor);
        who.checkTime(time.instant());
        if (who.identity() instanceof Identity.Master != master
                || who.identity() instanceof Identity.Authority) {
            throw new CertificateException("the certificate was not made for this");
        }
        if (holder.isEmpty()) {
            Issued.checkSignature(own, anchor);
            known.ifPresent(these -> these.add(own, who));
        }
    }

    /// Whether a chain with that end may be one of this authority, for the words only: one that
    /// says to have signed itself is the end of another.
    private static boolean leadsTo(X509Certificate anchor, X509Certificate end) {
        var issuer = end.getIssuerX500Principal();
        return end.equals(anchor)
                || (issuer.equals(anchor.getSubjectX500Principal())
                        && !issuer.equals(end.getSubjectX500Principal()));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        check(chain, false);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, false);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, false);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        check(chain, true);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, true);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, true);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authority.stream().toArray(X509Certificate[]::new);
    }
}
