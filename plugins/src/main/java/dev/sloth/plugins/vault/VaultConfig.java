package dev.sloth.plugins.vault;

import dev.sloth.api.workflow.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// Where a Vault is and how it is entered, as the variables say that its own tools read.
///
/// @param token empty when an AppRole is to get one
/// @param wrapped whether the secret id is a wrapping token that gives the real one, once
/// @param namespace empty for the root
/// @param authorities a file with the certificates to trust; the system's when it is empty
record VaultConfig(
        URI address,
        String token,
        String roleId,
        String secretId,
        boolean wrapped,
        String roleMount,
        String namespace,
        String authorities,
        Path folder,
        Duration timeout) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    static VaultConfig of(Map<String, String> environment, Path folder) {
        var wrapped = environment.getOrDefault("VAULT_WRAPPED_SECRET_ID", "");
        var config =
                new VaultConfig(
                        address(environment.getOrDefault("VAULT_ADDR", "")),
                        environment.getOrDefault("VAULT_TOKEN", ""),
                        environment.getOrDefault("VAULT_ROLE_ID", ""),
                        wrapped.isEmpty()
                                ? environment.getOrDefault("VAULT_SECRET_ID", "")
                                : wrapped,
                        !wrapped.isEmpty(),
                        environment.getOrDefault("VAULT_APPROLE_MOUNT", "approle"),
                        environment.getOrDefault("VAULT_NAMESPACE", ""),
                        environment.getOrDefault("VAULT_CACERT", ""),
                        folder,
                        TIMEOUT);
        if (config.token.isEmpty() && config.roleId.isEmpty()) {
            throw Trouble.with(
                    "there is neither a token nor a role to enter with",
                    "set VAULT_TOKEN, or VAULT_ROLE_ID and VAULT_SECRET_ID");
        }
        return config;
    }

    private static URI address(String text) {
        if (text.isEmpty()) {
            throw Trouble.with(
                    "its address is not known",
                    "set VAULT_ADDR, such as https://vault.example:8200");
        }
        try {
            var address =
                    URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            var scheme = String.valueOf(address.getScheme());
            var host = address.getHost();
            if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
                throw notAddress(text);
            }
            if (scheme.equals("http") && !HERE.contains(host)) {
                throw Trouble.with(
                        "VAULT_ADDR would send secrets over the network without encryption",
                        "use https; http is for this machine only");
            }
            return address;
        } catch (IllegalArgumentException _) {
            throw notAddress(text);
        }
    }

    private static Problems notAddress(String text) {
        return Trouble.with(
                "VAULT_ADDR is no address: '" + text + "'",
                "write it as https://vault.example:8200");
    }

    /// Never with what it enters by.
    @Override
    public String toString() {
        return "vault at " + address;
    }
}
