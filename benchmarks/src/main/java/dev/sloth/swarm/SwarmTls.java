package dev.sloth.swarm;

import dev.sloth.wire.Credentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS of the whole swarm from one context: whom a connection shows is told by the name that it
/// calls its master.
final class SwarmTls {
    private SwarmTls() {}

    /// For those who have no certificate yet.
    static SslContext joining(X509Certificate authority) throws SSLException {
        return built(SslContextBuilder.forClient(), authority);
    }

    static SslContext calling(X509Certificate authority, Map<String, Credentials> byName)
            throws SSLException {
        return built(SslContextBuilder.forClient().keyManager(new Keys(byName)), authority);
    }

    private static SslContext built(SslContextBuilder builder, X509Certificate authority)
            throws SSLException {
        return GrpcSslContexts.configure(builder.trustManager(new Belief(authority)))
                .protocols("TLSv1.3")
                .build();
    }

    /// The key of the one whose connection it is.
    private static final class Keys extends X509ExtendedKeyManager {
        private final Map<String, Credentials> byName;

        Keys(Map<String, Credentials> byName) {
            this.byName = byName;
        }

        private Credentials of(String name) {
            var found = byName.get(name);
            if (found == null) {
                throw new IllegalArgumentException("nobody is called " + name);
            }
            return found;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return engine == null ? "" : engine.getPeerHost();
        }

        @Override
        public String chooseClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return "";
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return byName.keySet().toArray(String[]::new);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return "";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {of(alias).own()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return of(alias).key();
        }
    }

    /// Believes whomever the authority has signed, and the same one again without a look: what
    /// agents do each on a machine of their own would be done here by the machine of the master.
    private static final class Belief extends X509ExtendedTrustManager {
        private final X509Certificate authority;
        private volatile byte[] believed = new byte[0];

        Belief(X509Certificate authority) {
            this.authority = authority;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                var shown = chain[0].getEncoded();
                if (!Arrays.equals(shown, believed)) {
                    chain[0].verify(authority.getPublicKey());
                    believed = shown;
                }
            } catch (GeneralSecurityException e) {
                throw new CertificateException("not of the authority", e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("nobody calls the swarm");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("nobody calls the swarm");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("nobody calls the swarm");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {authority};
        }
    }
}
