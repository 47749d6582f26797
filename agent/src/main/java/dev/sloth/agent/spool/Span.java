package dev.sloth.agent.spool;

import java.util.zip.CRC32C;

/// Where some bytes are in a file.
///
/// @param sum the CRC-32C of the bytes
record Span(long at, int length, int sum) {
    static Span of(long at, byte[] bytes, int offset, int length) {
        return new Span(at, length, sum(bytes, offset, length));
    }

    /// The same bytes, so much further on.
    Span shifted(long by) {
        return new Span(at + by, length, sum);
    }

    static int sum(byte[] bytes, int offset, int length) {
        var sum = new CRC32C();
        sum.update(bytes, offset, length);
        return (int) sum.getValue();
    }
}
