package dev.sloth.cli.debug;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// What a script or its run writes, told line by line.
final class OutputLines extends OutputStream {
    /// A line that is longer is told in pieces.
    private static final int LINE_BYTES_MAX = 64 << 10;

    private final Consumer<String> told;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private OutputLines(Consumer<String> told) {
        this.told = told;
    }

    static PrintStream to(Consumer<String> told) {
        return new PrintStream(new OutputLines(told), false, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) {
        line.write(b);
        if (b == '\n' || line.size() >= LINE_BYTES_MAX) {
            tell();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            tell();
        }
    }

    private void tell() {
        told.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
    }
}
