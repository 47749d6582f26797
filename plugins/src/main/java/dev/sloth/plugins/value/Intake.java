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
    public static Optional<byte[]> all(InputStream in, long most, Allowance allowance)
            throws IOException {
        var pieces = new ArrayList<byte[]>();
        long total = 0;
        int size = PIECE_FIRST;
        byte[] piece;
        do {
            allowance.take(size);
            piece = in.readNBytes(size);
            pieces.add(piece);
            total += piece.length;
            if (total > most) {
                return Optional.empty();
            }
            size = Math.min(2 * size, PIECE_MAX);
        } while (piece.length > 0);
        return Optional.of(joined(pieces, (int) total, allowance));
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
