package dev.sloth.cli.secret;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.secret.KeySource;
import dev.sloth.core.security.secret.SecretProblems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A file with a key or a passphrase, which nobody but its user may read.
record KeyFile(Path path) {
    private static final String CODE = "SLOTH-4505";
    private static final int SIZE_MAX = 64 << 10;
    private static final int HEX_LENGTH = 2 * KeySource.KEY_LENGTH;
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    /// The key in it; empty when there is no such file.
    Optional<Secret> key() {
        return text().map(text ->
                key(text, "the key file " + path, "bring it back from where you keep a copy"));
    }

    /// Key text as files and the variable hold it: 32 bytes in base64 or hex; lines that begin with
    /// `#` say what it is.
    static Secret key(String text, String where, String remedy) {
        var bare =
                text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList();
        if (bare.size() == 1) {
            var word = bare.getFirst();
            try {
                byte[] bytes =
                        word.length() == HEX_LENGTH
                                ? HexFormat.of().parseHex(word)
                                : Base64.getDecoder().decode(word);
                if (bytes.length == KeySource.KEY_LENGTH) {
                    return Secret.of(bytes);
                }
            } catch (IllegalArgumentException _) {
                throw malformed(where, remedy);
            }
        }
        throw malformed(where, remedy);
    }

    private static Problems malformed(String where, String remedy) {
        return SecretProblems.of(
                CODE, where + " holds no key: that is 32 bytes in base64 or hex", remedy);
    }

    /// What stands in it, without the end of its last line; empty when there is no such file.
    Optional<String> text() {
        try {
            checkRights();
            try (var in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(SIZE_MAX + 1);
                if (bytes.length > SIZE_MAX) {
                    throw unusable("is larger than " + SIZE_MAX + " bytes", "name a key file");
                }
                var text = new String(bytes, StandardCharsets.UTF_8);
                Arrays.fill(bytes, (byte) 0);
                return Optional.of(text.endsWith("\n") ? text.stripTrailing() : text);
            }
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(
                    "cannot be read: " + FileTrouble.words(e), "make it a file that you may read");
        }
    }

    private void checkRights() throws IOException {
        var rights = Files.getPosixFilePermissions(path);
        rights.retainAll(OF_OTHERS);
        if (!rights.isEmpty()) {
            throw unusable(
                    "can be read or written by others", "`chmod 600 " + path + "` ends that");
        }
    }

    private Problems unusable(String why, String remedy) {
        return SecretProblems.of(CODE, "the file " + path + " " + why, remedy);
    }

    /// Makes it with a fresh key, whole or not at all; when another process was faster, its key is
    /// the one.
    Secret make(RandomGenerator random) {
        var bytes = new byte[KeySource.KEY_LENGTH];
        random.nextBytes(bytes);
        var text =
                """
                # The key of the secrets of sloth-runner. Whoever has it and secrets.db can read them;
                # without it nobody can. Keep a copy of it in another place than those of secrets.db.
                %s
                """
                        .formatted(Base64.getEncoder().encodeToString(bytes));
        try {
            var folder = path.toAbsolutePath().resolveSibling(".").normalize();
            if (Files.notExists(folder)) {
                Files.createDirectories(folder, rights("rwx------"));
            }
            var part = Files.createTempFile(folder, "key", ".part", rights("rw-------"));
            try {
                Files.writeString(part, text);
                Files.createLink(path, part);
                return Secret.of(bytes);
            } catch (FileAlreadyExistsException _) {
                return key().orElseThrow(() -> unusable("was taken away just now", "try again"));
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unusable(
                    "cannot be made: " + FileTrouble.words(e),
                    "the setting secrets.key_file says where it should be");
        }
    }

    private static java.nio.file.attribute.FileAttribute<?> rights(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }
}
