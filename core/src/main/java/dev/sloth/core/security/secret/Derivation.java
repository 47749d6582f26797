package dev.sloth.core.security.secret;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// How a key comes of a passphrase: Argon2id with these parameters.
///
/// @param memory in KiB
record Derivation(int memory, int passes, int lanes, byte[] salt) {
    private static final int SALT = 16;
    private static final int KEY = 32;

    /// What a store may ask for at most: it may have been changed to keep us busy.
    private static final int MEMORY_MAX = 1 << 20;

    private static final int PASSES_MAX = 50;
    private static final int LANES_MAX = 64;
    private static final Pattern TEXT =
            Pattern.compile(
                    "argon2id v=19 m=(\\d{1,8}) t=(\\d{1,3}) p=(\\d{1,3}) salt=([0-9a-f]{32})");

    /// The second recommendation of RFC 9106, with a salt of its own.
    static Derivation fresh(RandomGenerator random) {
        var salt = new byte[SALT];
        random.nextBytes(salt);
        return new Derivation(64 << 10, 3, 4, salt);
    }

    String text() {
        return "argon2id v=19 m=%d t=%d p=%d salt=%s"
                .formatted(memory, passes, lanes, HexFormat.of().formatHex(salt));
    }

    static Optional<Derivation> read(String text) {
        var found = TEXT.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        var read =
                new Derivation(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)),
                        HexFormat.of().parseHex(found.group(4)));
        boolean fits =
                read.memory >= 8 * read.lanes
                        && read.memory <= MEMORY_MAX
                        && read.passes >= 1
                        && read.passes <= PASSES_MAX
                        && read.lanes >= 1
                        && read.lanes <= LANES_MAX;
        return fits ? Optional.of(read) : Optional.empty();
    }

    byte[] key(byte[] passphrase) {
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memory)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build());
        var key = new byte[KEY];
        generator.generateBytes(passphrase, key);
        return key;
    }
}
