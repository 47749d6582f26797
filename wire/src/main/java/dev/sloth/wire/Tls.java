package dev.sloth.wire;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.time.InstantSource;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;

/// TLS as both sides want it: 1.3 and nothing older.
public final class Tls {
    private static final String VERSION = "TLSv1.3";

    /// What the transport writes down of connections: both sides tell of them what people need to
    /// know, and a stranger could fill a disk with the rest. Held here, or it would be forgotten.
    private static final Logger TRANSPORT = silent();

    private Tls() {}

    private static Logger silent() {
        var log = Logger.getLogger("io.grpc");
        log.setLevel(Level.OFF);
        return log;
    }

    /// For a master. Who shows no certificate is let in as nobody, since joining needs that; one
    /// that is shown must be of our authority.
    public static SslContext serving(LiveCredentials own, InstantSource time) {
        return serving(own, time, new KnownSignatures(own.now().authority()));
    }

    /// The same.
    ///
    /// @param known certificates that need not be checked as a whole again
    public static SslContext serving(
            LiveCredentials own, InstantSource time, KnownSignatures known) {
        return built(
                SslContextBuilder.forServer(own)
                        .trustManager(Trust.in(own.now().authority(), time, known))
                        .clientAuth(ClientAuth.OPTIONAL));
    }

    /// For whoever has a certificate.
    static SslContext calling(LiveCredentials own, InstantSource time) {
        return built(
                SslContextBuilder.forClient()
                        .keyManager(own)
                        .trustManager(Trust.in(own.now().authority(), time)));
    }

    /// For whoever has none yet.
    static SslContext joining(byte[] pin, InstantSource time) {
        return built(SslContextBuilder.forClient().trustManager(Trust.pinned(pin, time)));
    }

    private static SslContext built(SslContextBuilder builder) {
        try {
            TRANSPORT.log(Level.FINEST, "a connection is prepared");
            return GrpcSslContexts.configure(builder).protocols(VERSION).build();
        } catch (SSLException e) {
            throw new IllegalStateException("this machine has no " + VERSION, e);
        }
    }
}
