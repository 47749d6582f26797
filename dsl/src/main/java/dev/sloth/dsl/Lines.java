package dev.sloth.dsl;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Cuts what a script writes into lines.
final class Lines extends OutputStream {
    /// A longer line is cut in two.
    private static final int LINE_BYTES_MAX = 1 << 16;

    private final Consumer<String> line;
    private final Runnable between;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final ReentrantLock lock = new ReentrantLock();

    /// @param between run after each line of a text: an error ends the writing
    Lines(Consumer<String> line, Runnable between) {
        this.line = line;
        this.between = between;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        lock.lock();
        try {
            int start = from;
            for (int i = from; i < from + count; i++) {
                if (bytes[i] == '\n' || begun.size() + i - start >= LINE_BYTES_MAX) {
                    boolean end = bytes[i] == '\n';
                    begun.write(bytes, start, i - start + (end ? 0 : 1));
                    emit();
                    start = i + 1;
                    between.run();
                }
            }
            begun.write(bytes, start, from + count - start);
        } finally {
            lock.unlock();
        }
    }

    /// Hands on a line that was begun and not ended.
    void finish() {
        lock.lock();
        try {
            if (begun.size() > 0) {
                emit();
            }
        } finally {
            lock.unlock();
        }
    }

    private void emit() {
        line.accept(begun.toString(StandardCharsets.UTF_8));
        begun.reset();
    }
}
