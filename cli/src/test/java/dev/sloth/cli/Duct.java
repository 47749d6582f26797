package dev.sloth.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/// A pipe as the system's are: it minds neither which threads write nor whether they are
/// interrupted.
final class Duct {
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private byte[] now = {};
    private int at;
    private boolean closed;

    OutputStream in() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                put(bytes, from, length);
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    InputStream out() {
        return new InputStream() {
            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int from, int length) {
                return take(to, from, length);
            }
        };
    }

    private synchronized void put(byte[] bytes, int from, int length) {
        waiting.write(bytes, from, length);
        notifyAll();
    }

    private synchronized void end() {
        closed = true;
        notifyAll();
    }

    private synchronized int take(byte[] to, int from, int length) {
        if (length == 0) {
            return 0;
        }
        while (at == now.length && waiting.size() == 0 && !closed) {
            try {
                wait();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
        if (at == now.length) {
            now = waiting.toByteArray();
            waiting.reset();
            at = 0;
        }
        if (at == now.length) {
            return -1;
        }
        int count = Math.min(length, now.length - at);
        System.arraycopy(now, at, to, from, count);
        at += count;
        return count;
    }
}
