package dev.sloth.cli.secret;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.core.security.secret.HighMark;
import dev.sloth.core.security.secret.SecretProblems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The mark of a home folder beside the key file, which several home folders may share. Where the
/// folder of the key file cannot be written to, the mark stays what it is.
record FileMark(Path file) implements HighMark {
    private static final String CODE = "SLOTH-4516";
    private static final int ID_BYTES = 6;
    private static final int DIGITS_MAX = 18;

    /// @param key the key file
    static FileMark beside(Path key, Path home) {
        try {
            var name = home.toAbsolutePath().normalize().toString();
            byte[] id =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return new FileMark(
                    key.resolveSibling(
                            "%s.%s.seen"
                                    .formatted(
                                            key.getFileName(),
                                            HexFormat.of()
                                                    .formatHex(Arrays.copyOf(id, ID_BYTES)))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public long seen() {
        try {
            var text = Files.readString(file).strip();
            if (!text.matches("[0-9]{1," + DIGITS_MAX + "}")) {
                throw unusable("holds no count");
            }
            return Long.parseLong(text);
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            throw unusable("cannot be read: " + FileTrouble.words(e));
        }
    }

    @Override
    public void saw(long changes) {
        var folder = file.toAbsolutePath().resolveSibling(".").normalize();
        if (changes <= seen() || !Files.isWritable(folder)) {
            return;
        }
        try {
            var part = Files.createTempFile(folder, "seen", ".part");
            try {
                Files.writeString(part, changes + "\n");
                Files.move(
                        part,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unusable("cannot be written, but the change was made: " + FileTrouble.words(e));
        }
    }

    private RuntimeException unusable(String why) {
        return SecretProblems.of(
                CODE,
                "the file %s, which tells an older copy of secrets.db from the newest, %s"
                        .formatted(file, why),
                "make it yours to read and write; where it is gone, it is made again");
    }
}
