package dev.sloth.core.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Digests what goes through it, and compares at the end.
final class CheckedInput extends FilterInputStream {
    private final MessageDigest digest = Content.digest();
    private final Content content;
    private long size;
    private boolean checked;

    CheckedInput(InputStream in, Content content) {
        super(in);
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = read(in, bytes, from, length);
        if (count > 0) {
            digest.update(bytes, from, count);
            size += count;
        } else if (count < 0 && !checked) {
            check();
        }
        return count;
    }

    private int read(InputStream in, byte[] bytes, int from, int length) {
        try {
            return in.read(bytes, from, length);
        } catch (IOException e) {
            throw content.damaged(new IllegalStateException(e));
        }
    }

    private void check() {
        checked = true;
        if (size != content.size()
                || !HexFormat.of().formatHex(digest.digest()).equals(content.sha256())) {
            throw content.damaged(new IllegalStateException("its SHA-256 is another"));
        }
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("what is skipped cannot be checked");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
