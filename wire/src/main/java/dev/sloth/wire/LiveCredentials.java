package dev.sloth.wire;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Credentials that are renewed while they are in use: each new connection takes those of its
/// moment. Safe for use by many threads.
public final class LiveCredentials extends X509ExtendedKeyManager {
    private static final String ONLY = "sloth";

    private volatile Credentials now;

    public LiveCredentials(Credentials first) {
        this.now = first;
    }

    public Credentials now() {
        return now;
    }

    public void replace(Credentials next) {
        now = next;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ONLY};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ONLY};
    }

    @Override
    public String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ONLY;
    }

    @Override
    public String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ONLY;
    }

    @Override
    public String chooseEngineClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ONLY;
    }

    @Override
    public String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ONLY;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return now.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return now.key();
    }
}
