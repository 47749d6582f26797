package dev.sloth.core.security.secret;

import dev.sloth.api.secret.Secret;
import dev.sloth.core.store.secret.MasterRow;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key that encrypts the keys of namespaces.
///
/// @param id by which it is known again; tells nothing of the key
record MasterKey(Secret key, String id, String derivation) implements AutoCloseable {
    private static final String HMAC = "HmacSHA256";
    private static final int ID_BYTES = 16;
    private static final byte[] PURPOSE =
            "sloth-runner secrets: id of the master key".getBytes(StandardCharsets.UTF_8);

    /// Takes the bytes over.
    static MasterKey of(byte[] bytes, String derivation) {
        var id = HexFormat.of().formatHex(Arrays.copyOf(mac(bytes, PURPOSE), ID_BYTES));
        return new MasterKey(Secret.of(bytes), id, derivation);
    }

    /// The key of a store, or a new one for a store without.
    static MasterKey unlock(KeySource source, Optional<MasterRow> row, RandomGenerator random) {
        return row.isPresent() ? known(source, row.get()) : fresh(source, random);
    }

    private static MasterKey fresh(KeySource source, RandomGenerator random) {
        return switch (source) {
            case KeySource.Key(var key) -> MasterKey.of(key.bytes(), "");
            case KeySource.Passphrase(var words) -> derived(Derivation.fresh(random), words);
        };
    }

    private static MasterKey known(KeySource source, MasterRow row) {
        var master =
                switch (source) {
                    case KeySource.Key(var key) -> {
                        if (!row.derivation().isEmpty()) {
                            throw SecretProblems.locked(
                                    "these secrets are locked by a passphrase, and none was given",
                                    "set SLOTH_SECRETS_PASSPHRASE, or SLOTH_SECRETS_PASSPHRASE_FILE"
                                            + " to a file that holds it");
                        }
                        yield MasterKey.of(key.bytes(), "");
                    }
                    case KeySource.Passphrase(var words) -> {
                        if (row.derivation().isEmpty()) {
                            throw SecretProblems.locked(
                                    "these secrets are locked by a key, and a passphrase was given",
                                    "unset SLOTH_SECRETS_PASSPHRASE; `sloth-runner secrets rotate"
                                            + " --new-passphrase-file` changes to one");
                        }
                        yield derived(
                                Derivation.read(row.derivation())
                                        .orElseThrow(() ->
                                                SecretProblems.damaged(
                                                        "the row of the master key")),
                                words);
                    }
                };
        if (!master.id().equals(row.id())) {
            master.close();
            throw SecretProblems.wrongKey(source instanceof KeySource.Passphrase);
        }
        return master;
    }

    private static MasterKey derived(Derivation derivation, Secret words) {
        byte[] plain = words.bytes();
        try {
            return MasterKey.of(derivation.key(plain), derivation.text());
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /// A code over some bytes, which nobody can make without the key.
    ///
    /// @param purpose keeps codes for one thing from being those of another
    byte[] code(String purpose, byte[] bytes) {
        byte[] plain = key.bytes();
        try {
            return mac(mac(plain, purpose.getBytes(StandardCharsets.UTF_8)), bytes);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static byte[] mac(byte[] key, byte[] bytes) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
