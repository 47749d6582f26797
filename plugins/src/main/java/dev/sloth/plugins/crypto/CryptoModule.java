package dev.sloth.plugins.crypto;

import dev.sloth.api.plugin.Module;

/// The module `crypto`.
public final class CryptoModule {
    private CryptoModule() {}

    public static Module module() {
        return Module.named("crypto", "Digests, encodings, secrets and encryption.")
                .functions(
                        Digests.digest("md5"),
                        Digests.digest("sha1"),
                        Digests.digest("sha256"),
                        Digests.digest("sha512"),
                        Digests.hash(),
                        Digests.hmac())
                .functions(Digests.encodings())
                .functions(Digests.hexEncode(), Digests.hexDecode())
                .functions(Secrets.functions())
                .functions(Encryption.functions());
    }
}
