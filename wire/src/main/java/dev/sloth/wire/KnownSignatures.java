package dev.sloth.wire;

import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Certificates whose signature by one authority was checked once, by the SHA-256 of both of them,
/// and who holds them: whoever shows the same bytes again need have neither checked nor read again,
/// which costs more than all else that a connection does. What may be different the next time,
/// which is the time and what the certificate is shown for, is looked at each time. Safe for use by
/// many threads.
///
/// Nothing gets in here but what was checked or signed in this process, or was kept by one of
/// before and is proven to be that by whoever brings it back.
public final class KnownSignatures {
    /// So many are remembered; the signatures of others are checked each time.
    public static final int MAX = 100_000;

    /// Bytes of a fingerprint.
    public static final int FINGERPRINT_BYTES = 32;

    private final X509Certificate authority;
    private final MessageDigest begun;
    private final Map<Fingerprint, Holder> known = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Signature> fresh = new ConcurrentLinkedQueue<>();

    /// @throws IllegalArgumentException when the authority is none
    public KnownSignatures(X509Certificate authority) {
        this.authority = authority;
        this.begun = Keys.sha256();
        begun.update(encoded(authority).orElseThrow(IllegalArgumentException::new));
    }

    /// The SHA-256 of an authority and of what it signed.
    private record Fingerprint(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /// One that was checked.
    ///
    /// @param fingerprint the SHA-256 of the authority and of the certificate
    public record Signature(byte[] fingerprint, Holder holder) {}

    /// Of no others is anything known here.
    boolean areOf(X509Certificate other) {
        return authority.equals(other);
    }

    /// Who holds a certificate; nothing when it is not known.
    public Optional<Holder> holder(Certificate certificate) {
        return fingerprint(certificate).map(known::get);
    }

    /// One that the authority has signed just now.
    ///
    /// @throws IllegalArgumentException when it is not as the authority makes them
    public void addSigned(X509Certificate certificate) {
        try {
            add(certificate, Holder.of(certificate, authority));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// Its signature was checked just now.
    void add(X509Certificate certificate, Holder holder) {
        fingerprint(certificate)
                .ifPresent(print -> {
                    if (known.size() < MAX && known.putIfAbsent(print, holder) == null) {
                        fresh.add(new Signature(print.bytes, holder));
                    }
                });
    }

    /// Takes in what was known before.
    public void bringBack(List<Signature> before) {
        before.stream()
                .limit(MAX)
                .forEach(each -> known.put(new Fingerprint(each.fingerprint), each.holder));
    }

    /// Those that were added since this was asked last.
    public List<Signature> news() {
        var news = new ArrayList<Signature>();
        for (var next = fresh.poll(); next != null; next = fresh.poll()) {
            news.add(next);
        }
        return news;
    }

    /// All that are known now.
    public List<Signature> all() {
        var all = new ArrayList<Signature>();
        known.forEach((print, holder) -> all.add(new Signature(print.bytes, holder)));
        return all;
    }

    /// Forgets those that are over.
    public void tidy(Instant now) {
        known.values().removeIf(holder -> !holder.until().isAfter(now));
    }

    /// The authority's part is the same each time, and not read again.
    private Optional<Fingerprint> fingerprint(Certificate certificate) {
        return encoded(certificate)
                .map(bytes -> {
                    try {
                        var digest = (MessageDigest) begun.clone();
                        return new Fingerprint(digest.digest(bytes));
                    } catch (CloneNotSupportedException e) {
                        throw new IllegalStateException("this Java's SHA-256 cannot be copied", e);
                    }
                });
    }

    private static Optional<byte[]> encoded(Certificate certificate) {
        try {
            return Optional.of(certificate.getEncoded());
        } catch (CertificateEncodingException _) {
            return Optional.empty();
        }
    }
}
