package dev.sloth.core.security.secret;

import dev.sloth.api.secret.Secret;

/// Where the master key comes from.
public sealed interface KeySource {
    /// How long a key is, in bytes.
    int KEY_LENGTH = 32;

    /// The key itself.
    record Key(Secret key) implements KeySource {
        public Key {
            if (key.length() != KEY_LENGTH) {
                throw new IllegalArgumentException("a key has " + KEY_LENGTH + " bytes");
            }
        }
    }

    /// Words that it comes of.
    record Passphrase(Secret words) implements KeySource {}
}
