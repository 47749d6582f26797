package dev.sloth.plugins.sops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Writes files as the documentation of SOPS describes them, with data keys that the real `age` has
/// encrypted.
final class SopsFixture {
    static final String MODIFIED = "2026-01-02T03:04:05Z";

    private final SplittableRandom random = new SplittableRandom(3);
    private final byte[] key = new byte[32];
    private final MessageDigest code;
    private final Path folder;
    final String armored;

    SopsFixture(Path folder, String recipient) throws Exception {
        this.folder = folder;
        this.code = MessageDigest.getInstance("SHA-512");
        random.nextBytes(key);
        Files.write(folder.resolve("data.key"), key);
        armored = run("age", "-a", "-r", recipient, "data.key");
    }

    /// A new identity; gives its recipient.
    static String identity(Path folder, String file) throws Exception {
        run(folder, "age-keygen", "-o", file);
        return run(folder, "age-keygen", "-y", file).strip();
    }

    private String run(String... words) throws Exception {
        return run(folder, words);
    }

    private static String run(Path folder, String... words) throws Exception {
        var process =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("age.err").toFile())
                        .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("age.err")));
        }
        return out;
    }

    void countFirst(byte[] bytes) {
        code.update(bytes);
    }

    /// A value that is not encrypted but counts.
    String plain(String counted) {
        code.update(counted.getBytes(StandardCharsets.UTF_8));
        return counted;
    }

    String value(String path, String type, String text) {
        code.update(text.getBytes(StandardCharsets.UTF_8));
        return sealed(path, type, text);
    }

    String mac() {
        return sealed(MODIFIED, "str", HexFormat.of().withUpperCase().formatHex(code.digest()));
    }

    private String sealed(String about, String type, String text) {
        try {
            var nonce = new byte[32];
            random.nextBytes(nonce);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(128, nonce));
            cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
            byte[] all = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            var base64 = Base64.getEncoder();
            return "ENC[AES256_GCM,data:%s,iv:%s,tag:%s,type:%s]"
                    .formatted(
                            base64.encodeToString(Arrays.copyOf(all, all.length - 16)),
                            base64.encodeToString(nonce),
                            base64.encodeToString(
                                    Arrays.copyOfRange(all, all.length - 16, all.length)),
                            type);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String yamlAbout(String recipient, String more) {
        return """
        sops:
            age:
                - recipient: %s
                  enc: |
        %s
            lastmodified: "%s"
            mac: %s
        %s    version: 3.9.4
        """
                .formatted(
                        recipient,
                        armored.strip().indent(12).stripTrailing(),
                        MODIFIED,
                        mac(),
                        more);
    }
}
