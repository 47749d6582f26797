package dev.sloth.master.rpc;

import dev.sloth.core.security.audit.Deed;
import dev.sloth.wire.Identity;
import dev.sloth.wire.Keys;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Who calls, as their certificate says.
///
/// @param identity nothing when they showed none
/// @param keyHash SHA-256 of the key of their certificate; empty when they showed none
/// @param certificateUntil when that one ends
/// @param call what they ask for, such as `Runs.Submit`
record Peer(
        Optional<Identity> identity,
        byte[] keyHash,
        String address,
        Instant certificateUntil,
        String call) {
    static final Context.Key<Peer> KEY = Context.key("sloth-peer");

    private static final String NOWHERE = "?";

    static Peer of(ServerCall<?, ?> call) {
        return of(call.getMethodDescriptor(), call.getAttributes());
    }

    /// @param attributes of the call's connection
    static Peer of(MethodDescriptor<?, ?> call, Attributes attributes) {
        var address = address(attributes);
        var name = name(call);
        var session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return nobody(address, name);
        }
        try {
            var shown = session.getPeerCertificates();
            return shown.length > 0 ? holder(copy(shown[0]), address, name) : nobody(address, name);
        } catch (SSLPeerUnverifiedException | CertificateException _) {
            return nobody(address, name);
        }
    }

    private static Peer holder(X509Certificate own, String address, String call) {
        return new Peer(
                Identity.of(own),
                Keys.pin(own.getPublicKey()),
                address,
                own.getNotAfter().toInstant(),
                call);
    }

    /// The one of the connection would be read where it is, and hold what was read for as long as
    /// the connection lasts: several kilobytes for each agent.
    private static X509Certificate copy(Certificate shown) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(shown.getEncoded()));
    }

    /// Such as `Runs.Submit`.
    static String name(MethodDescriptor<?, ?> call) {
        var whole = call.getFullMethodName();
        return whole.substring(whole.indexOf('.') + 1).replace('/', '.');
    }

    private static Peer nobody(String address, String call) {
        return new Peer(Optional.empty(), new byte[0], address, Instant.MIN, call);
    }

    private static String address(Attributes attributes) {
        return attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : NOWHERE;
    }

    /// The one of the call that is answered on this thread.
    static Peer current() {
        return KEY.get();
    }

    /// @throws IllegalStateException when it is none, which the guard keeps out
    Identity.Agent agent() {
        if (identity.isPresent() && identity.get() instanceof Identity.Agent agent) {
            return agent;
        }
        throw new IllegalStateException("no agent calls");
    }

    /// What they are about to do.
    Deed deed() {
        return new Deed(identity.map(Identity::uri).orElse("nobody"), address, call);
    }
}
