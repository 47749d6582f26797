package dev.sloth.agent.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What all processes of one attempt carry in their environment, and no other process does. It
/// follows from where the attempt keeps its records, so that a later process finds them again.
public record ProcessMark(String text) {
    private static final int LENGTH = 32;
    private static final String COMMAND = "-command.";

    public static ProcessMark of(Path records) {
        var path = records.toAbsolutePath().normalize().toString();
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(path.getBytes(StandardCharsets.UTF_8));
            return new ProcessMark(HexFormat.of().formatHex(hash).substring(0, LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Of the recorded command.
    String command() {
        return text + COMMAND;
    }

    /// The start of what all others of the attempt carry.
    String others() {
        return text + "-other-";
    }
}
