package dev.sloth.agent.spool;

import java.io.Closeable;
import java.io.IOException;

/// A file that only grows, by pieces that are there whole or not at all: what a failed write has
/// left is cut off, at the latest before the next one.
final class GrowingFile implements Closeable {
    private final Disk.Handle handle;
    private long end;

    /// Whether there may be something after the end.
    private boolean frayed = true;

    /// @param end where what counts ends. What comes after it is cut off before the first write
    GrowingFile(Disk.Handle handle, long end) {
        this.handle = handle;
        this.end = end;
    }

    /// Where the next piece will begin.
    long end() {
        return end;
    }

    /// Adds the first `length` bytes; the system has them when this returns, so that the end of
    /// this process does not lose them.
    void append(byte[] bytes, int length) throws IOException {
        write(bytes, length, false);
    }

    /// Adds the first `length` bytes; they are on the disk when this returns.
    void appendForGood(byte[] bytes, int length) throws IOException {
        write(bytes, length, true);
    }

    private void write(byte[] bytes, int length, boolean forGood) throws IOException {
        mend();
        frayed = true;
        try {
            handle.write(end, bytes, length);
            if (forGood) {
                handle.sync();
            }
        } catch (IOException e) {
            try {
                mend();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
        frayed = false;
        end += length;
    }

    /// Puts the first `length` bytes in the place of all that was there. That needs no room when
    /// there was more. Until it has gone well, nobody may add anything; should it end half way,
    /// what was there may follow on all the bytes.
    void startOver(byte[] bytes, int length) throws IOException {
        handle.write(0, bytes, bytes.length);
        handle.cut(length);
        end = length;
        frayed = false;
    }

    private void mend() throws IOException {
        if (frayed) {
            handle.cut(end);
            frayed = false;
        }
    }

    byte[] read(long at, int length) throws IOException {
        return handle.read(at, length);
    }

    void sync() throws IOException {
        handle.sync();
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}
