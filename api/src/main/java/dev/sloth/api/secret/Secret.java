package dev.sloth.api.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A value that must not be seen. It shows itself as `(secret)`, is equal to itself only, and is
/// gone once it is closed. Safe for use by many threads.
public final class Secret implements AutoCloseable {
    private final byte[] bytes;
    private boolean closed;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Takes the array over: nobody else may keep it.
    public static Secret of(byte[] bytes) {
        return new Secret(bytes);
    }

    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A copy, which the caller wipes when he can.
    public synchronized byte[] bytes() {
        if (closed) {
            throw new IllegalStateException("the secret was wiped");
        }
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /// Another one of the same value.
    public Secret copy() {
        return new Secret(bytes());
    }

    /// Overwrites it.
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
