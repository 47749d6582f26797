package dev.sloth.master.afar;

import dev.sloth.wire.proto.Piece;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/// The bytes of pieces that come one after the other.
final class PieceInput extends InputStream {
    private final Inflow<?, Piece> pieces;
    private Optional<ByteArrayInputStream> current = Optional.empty();
    private boolean over;

    PieceInput(Inflow<?, Piece> pieces) {
        this.pieces = pieces;
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        if (length == 0) {
            return 0;
        }
        while (!over) {
            int count = current.isPresent() ? current.get().read(bytes, from, length) : -1;
            if (count > 0) {
                return count;
            }
            current = pieces.next().map(PieceInput::input);
            over = current.isEmpty();
        }
        return -1;
    }

    private static ByteArrayInputStream input(Piece piece) {
        return new ByteArrayInputStream(piece.getBytes().toByteArray());
    }

    @Override
    public void close() {
        pieces.close();
    }
}
