package dev.sloth.plugins.sops;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.sloth.api.workflow.Problems;
import dev.sloth.plugins.value.Failures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The age identities that are there: those of `SOPS_AGE_KEY`, and of the file that
/// `SOPS_AGE_KEY_FILE` names, or else of `sops/age/keys.txt` where settings are kept.
record AgeIdentities(List<RecipientStanzaReader> readers) {
    private static final String KEY = "SOPS_AGE_KEY";
    private static final String KEY_FILE = "SOPS_AGE_KEY_FILE";
    private static final String X25519 = "AGE-SECRET-KEY-1";
    private static final int FILE_MAX = 1 << 20;
    private static final int KEY_BYTES = 32;

    static AgeIdentities find(Map<String, String> environment, Path folder) {
        var text = new StringBuilder(environment.getOrDefault(KEY, ""));
        file(environment, folder).ifPresent(file -> text.append('\n').append(read(file)));
        var readers = new ArrayList<RecipientStanzaReader>();
        text.toString()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> readers.add(reader(line)));
        if (readers.isEmpty()) {
            throw Trouble.with(
                    "the file",
                    "cannot be opened without an age identity, and there is none",
                    "set %s to the file that age-keygen has written".formatted(KEY_FILE));
        }
        return new AgeIdentities(readers);
    }

    private static Optional<Path> file(Map<String, String> environment, Path folder) {
        var named = environment.getOrDefault(KEY_FILE, "");
        try {
            if (!named.isEmpty()) {
                return Optional.of(folder.resolve(named));
            }
            var settings = environment.getOrDefault("XDG_CONFIG_HOME", "");
            var home = environment.getOrDefault("HOME", "");
            if (settings.isEmpty() && home.isEmpty()) {
                return Optional.empty();
            }
            var root = settings.isEmpty() ? Path.of(home, ".config") : Path.of(settings);
            return Optional.of(root.resolve("sops/age/keys.txt")).filter(Files::exists);
        } catch (InvalidPathException e) {
            throw trouble("cannot be read: %s is not a path".formatted(KEY_FILE), "name a file");
        }
    }

    private static String read(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(FILE_MAX), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw trouble(
                    "cannot be read: " + Failures.sentence(e),
                    "%s names the file; name one that you may read".formatted(KEY_FILE));
        }
    }

    private static RecipientStanzaReader reader(String line) {
        if (!line.startsWith(X25519)) {
            throw trouble(
                    "is of a kind that is not known here: "
                            + line.substring(0, Math.min(line.length(), 16))
                                    .replaceAll("[^A-Z0-9-]", "?"),
                    "plain identities begin with %s; plugins and post-quantum ones are not read"
                            .formatted(X25519));
        }
        try {
            return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw trouble("is damaged", "write it as age-keygen gave it");
        }
    }

    private static Problems trouble(String what, String remedy) {
        return Trouble.with("an age identity", what, remedy);
    }

    /// The data key in an armored age file; empty when it is not for any of these.
    Optional<byte[]> open(String armored) {
        var bytes = armored.strip().getBytes(StandardCharsets.US_ASCII);
        for (var reader : readers) {
            try (var plain =
                    new ArmoredDecryptingChannelFactory()
                            .newDecryptingChannel(
                                    Channels.newChannel(new ByteArrayInputStream(bytes)),
                                    List.of(reader))) {
                var key = ByteBuffer.allocate(KEY_BYTES + 1);
                while (key.hasRemaining() && plain.read(key) >= 0) {
                    // Until there is no more, or too much.
                }
                if (key.position() == KEY_BYTES) {
                    return Optional.of(java.util.Arrays.copyOf(key.array(), KEY_BYTES));
                }
            } catch (GeneralSecurityException | IOException | IllegalArgumentException _) {
                // Not for this one, or damaged: the next may open it.
            }
        }
        return Optional.empty();
    }
}
