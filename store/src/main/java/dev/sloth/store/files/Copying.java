package dev.sloth.store.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Copies and names bytes in one pass.
final class Copying {
    private static final int BUFFER = 128 * 1024;

    private Copying() {}

    record Copied(String sha256, long size) {}

    /// The source could be read; the copy could not be written.
    static final class NotWritten extends IOException {
        private static final long serialVersionUID = 1L;

        private final IOException why;

        NotWritten(IOException why) {
            super(why);
            this.why = why;
        }

        IOException why() {
            return why;
        }
    }

    static Copied copy(InputStream in, Path target) throws IOException {
        try (var out = open(target)) {
            return copy(in, out);
        }
    }

    static Copied digest(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream());
        }
    }

    private static OutputStream open(Path target) throws NotWritten {
        try {
            return Files.newOutputStream(target);
        } catch (IOException e) {
            throw new NotWritten(e);
        }
    }

    private static Copied copy(InputStream in, OutputStream out) throws IOException {
        var digest = sha256();
        long size = 0;
        var buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            write(out, buffer, read);
            size += read;
        }
        return new Copied(HexFormat.of().formatHex(digest.digest()), size);
    }

    private static void write(OutputStream out, byte[] bytes, int length) throws NotWritten {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new NotWritten(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
