package dev.sloth.plugins.value;

import dev.sloth.api.value.Allowance;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Streams read to their end, within a bound and at the cost of the script that asked for it.
public final class Intake {
    private static final int PIECE_FIRST = 8 << 10;
    private static final int PIECE_MAX = 1 << 20;

    private Intake() {}

    /// All bytes of a stream; empty when there are more than `most`.
    public static Optional<byte[]> all(InputStream in, int most, Allowance allowance)
            throws IOException {
        return all(in, 0, most, allowance);
    }

    /// The same of a stream that is likely to have so many bytes: these are read in one piece, and
    /// held but once.
    public static Optional<byte[]> all(InputStream in, long expected, int most, Allowance allowance)
            throws IOException {
        var pieces = new ArrayList<byte[]>();
        int total = 0;
        int size = Math.clamp(expected + 1, PIECE_FIRST, most + 1);
        while (true) {
            allowance.take(size);
            byte[] piece = in.readNBytes(size);
            if (piece.length > most - total) {
                return Optional.empty();
            }
            pieces.add(piece);
            total += piece.length;
            if (piece.length < size) {
                return Optional.of(pieces.size() == 1 ? piece : joined(pieces, total, allowance));
            }
            size = Math.min(2 * size, PIECE_MAX);
        }
    }

    private static byte[] joined(List<byte[]> pieces, int total, Allowance allowance) {
        allowance.take(total);
        byte[] all = new byte[total];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }
}
