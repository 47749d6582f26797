package dev.sloth.agent.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Notes that reach the disk together or not at all.
///
/// On disk: four bytes of a mark, how many bytes of notes follow, their CRC-32C, the CRC-32C of
/// these twelve bytes; then the notes, each as one byte of its kind, eight of its time in
/// microseconds since 1970, two and four for the lengths of the id and of the content, and these
/// two. All numbers have the highest byte first.
final class Frame {
    static final int HEADER_BYTES = 16;
    private static final int HEADER_SUMMED = 12;
    private static final int MARK = 0x536C_4A66;
    private static final int NOTE_BYTES = 15;
    private static final int ROOM_FIRST = 512;

    private byte[] bytes = new byte[ROOM_FIRST];
    private int length = HEADER_BYTES;

    boolean isEmpty() {
        return length == HEADER_BYTES;
    }

    /// In bytes, the header included.
    int length() {
        return length;
    }

    /// How much a note adds, in bytes.
    static long bytes(String id, long content) {
        return NOTE_BYTES + id.getBytes(StandardCharsets.UTF_8).length + content;
    }

    /// @return what was noted, with the place of the content in this frame
    Note add(Note.Kind kind, Instant at, String id, byte[] content) {
        var name = id.getBytes(StandardCharsets.UTF_8);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        int after = Math.addExact(length + NOTE_BYTES + name.length, content.length);
        if (after > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(after, Math.min(2L * after, 1 << 30)));
        }
        ByteBuffer.wrap(bytes, length, after - length)
                .put(kind.written)
                .putLong(micros)
                .putShort((short) name.length)
                .putInt(content.length)
                .put(name)
                .put(content);
        length = after;
        int where = after - content.length;
        return new Note(kind, time(micros), id, Span.of(where, bytes, where, content.length));
    }

    /// All of it; only the first [#length] bytes count.
    byte[] sealed() {
        var header = ByteBuffer.wrap(bytes);
        header.putInt(MARK)
                .putInt(length - HEADER_BYTES)
                .putInt(Span.sum(bytes, HEADER_BYTES, length - HEADER_BYTES));
        header.putInt(Span.sum(bytes, 0, HEADER_SUMMED));
        return bytes;
    }

    /// How many bytes follow the header that is there, if one is.
    static OptionalInt following(byte[] bytes, int offset) {
        var header = ByteBuffer.wrap(bytes, offset, HEADER_BYTES);
        if (header.getInt() != MARK) {
            return OptionalInt.empty();
        }
        int following = header.getInt();
        header.getInt();
        return following >= 0 && header.getInt() == Span.sum(bytes, offset, HEADER_SUMMED)
                ? OptionalInt.of(following)
                : OptionalInt.empty();
    }

    /// Whether what follows a header is what was written.
    static boolean isWhole(byte[] header, byte[] following) {
        return ByteBuffer.wrap(header, 2 * Integer.BYTES, Integer.BYTES).getInt()
                == Span.sum(following, 0, following.length);
    }

    /// The notes that follow a header, with places counted from the beginning of the frame; nothing
    /// when these are no notes.
    static Optional<List<Note>> notes(byte[] following) {
        var notes = new ArrayList<Note>();
        var in = ByteBuffer.wrap(following);
        while (in.hasRemaining()) {
            if (in.remaining() < NOTE_BYTES) {
                return Optional.empty();
            }
            var kind = Note.Kind.of(in.get());
            long micros = in.getLong();
            int name = Short.toUnsignedInt(in.getShort());
            int content = in.getInt();
            if (kind.isEmpty() || content < 0 || in.remaining() < (long) name + content) {
                return Optional.empty();
            }
            var id = new String(following, in.position(), name, StandardCharsets.UTF_8);
            int where = in.position() + name;
            var span = Span.of((long) HEADER_BYTES + where, following, where, content);
            notes.add(new Note(kind.get(), time(micros), id, span));
            in.position(where + content);
        }
        return Optional.of(notes);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
