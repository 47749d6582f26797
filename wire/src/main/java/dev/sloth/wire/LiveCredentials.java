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
    private static final String SERVING = "sloth serving";
    private static final String CALLING = "sloth calling";

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
        return new String[] {CALLING};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {SERVING};
    }

    @Override
    public String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return CALLING;
    }

    @Override
    public String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return SERVING;
    }

    @Override
    public String chooseEngineClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return CALLING;
    }

    @Override
    public String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return SERVING;
    }

    /// Who is called shows the authority too, since whoever joins knows no more than its pin. Who
    /// calls does not: a master has it, and would hold a copy of it for each of its agents.
    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return alias.equals(CALLING)
                ? new X509Certificate[] {now.own()}
                : now.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return now.key();
    }
}
