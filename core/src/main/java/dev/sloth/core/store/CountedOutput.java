package dev.sloth.core.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Counts and digests what goes through it.
final class CountedOutput extends FilterOutputStream {
    private final MessageDigest digest = Content.digest();
    private long size;

    CountedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        digest.update(bytes, from, length);
        size += length;
    }

    long size() {
        return size;
    }

    /// Once everything is written.
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
