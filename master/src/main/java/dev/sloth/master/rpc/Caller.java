package dev.sloth.master.rpc;

import dev.sloth.wire.Holder;
import dev.sloth.wire.Identity;
import dev.sloth.wire.Keys;
import dev.sloth.wire.KnownSignatures;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Who is at the other end of a connection, as their certificate says.
///
/// @param identity nothing when they showed none
/// @param keyHash SHA-256 of the key of their certificate; empty when they showed none
/// @param certificateUntil when that one ends
record Caller(
        Optional<Identity> identity, byte[] keyHash, String address, Instant certificateUntil) {
    private static final Attributes.Key<Caller> KEY = Attributes.Key.create("sloth-caller");
    static final String NOWHERE = "?";

    /// Finds out once who is at the other end of a connection, for all calls on it.
    static final class Introduction extends ServerTransportFilter {
        private final KnownSignatures known;

        /// @param known whose certificates need not be read again
        Introduction(KnownSignatures known) {
            this.known = known;
        }

        @Override
        public Attributes transportReady(Attributes attributes) {
            return attributes.toBuilder().set(KEY, read(attributes, known)).build();
        }
    }

    /// @param attributes of a connection that was introduced
    static Caller of(Attributes attributes) {
        return Objects.requireNonNull(attributes.get(KEY), "the connection was not introduced");
    }

    private static Caller read(Attributes attributes, KnownSignatures known) {
        var address = address(attributes);
        var session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return nobody(address);
        }
        try {
            var shown = session.getPeerCertificates();
            if (shown.length == 0) {
                return nobody(address);
            }
            var holder = known.holder(shown[0]);
            return holder.isPresent()
                    ? new Caller(holder.get(), address)
                    : holder(copy(shown[0]), address);
        } catch (SSLPeerUnverifiedException | CertificateException _) {
            return nobody(address);
        }
    }

    private Caller(Holder holder, String address) {
        this(Optional.of(holder.identity()), holder.keyHash(), address, holder.until());
    }

    private static Caller holder(X509Certificate own, String address) {
        return new Caller(
                Identity.of(own),
                Keys.pin(own.getPublicKey()),
                address,
                own.getNotAfter().toInstant());
    }

    /// The one of the connection would be read where it is, and hold what was read for as long as
    /// the connection lasts: several kilobytes for each agent.
    private static X509Certificate copy(Certificate shown) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(shown.getEncoded()));
    }

    private static Caller nobody(String address) {
        return new Caller(Optional.empty(), new byte[0], address, Instant.MIN);
    }

    private static String address(Attributes attributes) {
        return attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : NOWHERE;
    }
}
