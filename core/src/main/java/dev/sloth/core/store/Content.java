package dev.sloth.core.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
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

    private StoreFailure damaged(RuntimeException cause) {
        return new StoreFailure(
                StoreFailure.Reason.DAMAGED, "content " + sha256 + " is damaged", cause);
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
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
