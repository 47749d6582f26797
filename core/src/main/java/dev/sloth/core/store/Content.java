package dev.sloth.core.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Bytes under their name: the SHA-256 of what they are, kept compressed with zstd.
///
/// @param sha256 in lower-case hexadecimal digits, of the bytes as they were
/// @param size how many they were
public record Content(String sha256, long size, byte[] zstd) {
    private static final int LEVEL = 3;

    public static Content of(byte[] bytes) {
        return new Content(sha256(bytes), bytes.length, Zstd.compress(bytes, LEVEL));
    }

    /// Writes bytes to a stream.
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Content that is never held as a whole but compressed.
    public static Content written(Body body) {
        try {
            var out = new GrowingContent(LEVEL);
            body.writeTo(out);
            return out.content();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The bytes as they were, one after the other. What reads the end of the stream throws
    /// [StoreFailure] with `DAMAGED` when they were not what the name says.
    public InputStream open() {
        try {
            return new CheckedInput(new ZstdInputStream(new ByteArrayInputStream(zstd)), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The bytes as they were.
    ///
    /// @throws StoreFailure `DAMAGED` when they are not what the name says
    public byte[] bytes() {
        byte[] bytes;
        try {
            bytes = Zstd.decompress(zstd, Math.toIntExact(size));
        } catch (ZstdException e) {
            throw damaged(e);
        }
        if (!sha256(bytes).equals(sha256)) {
            throw damaged(new IllegalStateException("its SHA-256 is another"));
        }
        return bytes;
    }

    StoreFailure damaged(RuntimeException cause) {
        return new StoreFailure(
                StoreFailure.Reason.DAMAGED, "content " + sha256 + " is damaged", cause);
    }

    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content c
                && sha256.equals(c.sha256)
                && size == c.size
                && Arrays.equals(zstd, c.zstd);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return "content " + sha256;
    }
}
