package dev.sloth.cli.secret;

import dev.sloth.api.secret.Secret;
import dev.sloth.core.security.secret.HighMark;
import dev.sloth.core.security.secret.KeySource;
import dev.sloth.core.security.secret.SecretProblems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Where the master key of a home folder comes from: a variable with the key, a variable or a file
/// with a passphrase, or the key file.
///
/// @param file the key file
public record MasterKeys(
        Path file, Path folder, Map<String, String> environment, RandomGenerator random) {
    /// Holds the key itself.
    public static final String KEY = "SLOTH_SECRETS_KEY";

    /// Holds a passphrase.
    public static final String PASSPHRASE = "SLOTH_SECRETS_PASSPHRASE";

    /// Names a file that holds a passphrase.
    public static final String PASSPHRASE_FILE = "SLOTH_SECRETS_PASSPHRASE_FILE";

    private static final String CODE = "SLOTH-4505";
    private static final int PASSPHRASE_MIN = 8;

    public MasterKeys {
        environment = Map.copyOf(environment);
    }

    /// @param fresh whether there is nothing yet that the key must fit
    KeySource find(boolean fresh) {
        var key = environment.getOrDefault(KEY, "");
        if (!key.isEmpty()) {
            return new KeySource.Key(
                    KeyFile.key(key, "the variable " + KEY, "`openssl rand -base64 32` makes one"));
        }
        var words = environment.getOrDefault(PASSPHRASE, "");
        if (!words.isEmpty()) {
            return passphrase(words, "the variable " + PASSPHRASE);
        }
        var named = environment.getOrDefault(PASSPHRASE_FILE, "");
        if (!named.isEmpty()) {
            return passphraseFile(named);
        }
        return new KeySource.Key(
                new KeyFile(file)
                        .key()
                        .orElseGet(() -> {
                            if (!fresh) {
                                throw SecretProblems.of(
                                        "SLOTH-4502",
                                        "the key of the secrets is not there: " + file,
                                        "bring it back from where you keep a copy, or set "
                                                + PASSPHRASE
                                                + " where a passphrase is the key");
                            }
                            return new KeyFile(file).make(random);
                        }));
    }

    /// What tells whether the store in a home folder is an older copy: kept beside the key file,
    /// when the key comes of that.
    HighMark mark(Path home) {
        boolean given =
                List.of(KEY, PASSPHRASE, PASSPHRASE_FILE).stream()
                        .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
        return given ? HighMark.NONE : FileMark.beside(file, home);
    }

    /// The same, beside another key file.
    ///
    /// @param name of the key file
    public HighMark mark(String name, Path home) {
        return FileMark.beside(folder.resolve(name), home);
    }

    /// A key file of this name, made when it is not there.
    public KeySource keyFile(String name) {
        var wanted = new KeyFile(folder.resolve(name));
        return new KeySource.Key(wanted.key().orElseGet(() -> wanted.make(random)));
    }

    public KeySource passphraseFile(String name) {
        var path = folder.resolve(name);
        return passphrase(
                new KeyFile(path)
                        .text()
                        .orElseThrow(() ->
                                SecretProblems.of(
                                        CODE,
                                        "there is no file " + path,
                                        "name a file that holds the passphrase")),
                "the file " + path);
    }

    private static KeySource passphrase(String words, String where) {
        if (words.length() < PASSPHRASE_MIN) {
            throw SecretProblems.of(
                    CODE,
                    "the passphrase in %s is shorter than %d characters"
                            .formatted(where, PASSPHRASE_MIN),
                    "take four or more words that nobody would guess");
        }
        return new KeySource.Passphrase(Secret.of(words));
    }
}
