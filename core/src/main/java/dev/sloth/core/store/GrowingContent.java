package dev.sloth.core.store;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Makes content of what is written to it. What stays small is compressed at its end: a stream of
/// unknown length needs megabytes to begin with, which takes longer than all else.
final class GrowingContent extends OutputStream {
    private static final int SMALL = 64 << 10;

    private final int level;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Optional<CountedOutput> large = Optional.empty();

    GrowingContent(int level) {
        this.level = level;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] more, int from, int length) throws IOException {
        if (large.isEmpty() && bytes.size() + length > SMALL) {
            var small = bytes.toByteArray();
            bytes.reset();
            large = Optional.of(new CountedOutput(new ZstdOutputStream(bytes, level)));
            large.get().write(small, 0, small.length);
        }
        OutputStream out = large.isPresent() ? large.get() : bytes;
        out.write(more, from, length);
    }

    /// Once everything is written.
    Content content() throws IOException {
        if (large.isEmpty()) {
            return Content.of(bytes.toByteArray());
        }
        var whole = large.get();
        whole.close();
        return new Content(whole.sha256(), whole.size(), bytes.toByteArray());
    }
}
