package dev.sloth.agent.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Makes lines of bytes. A line ends with `\n`, `\r\n`, or a lone `\r` as progress bars write it.
/// What is not UTF-8 becomes replacement characters; a line above the limit comes in pieces, never
/// split within a character.
final class LineSplitter {
    private static final int FIRST_ROOM = 256;

    private final int lineMax;
    private final Consumer<String> taker;
    private byte[] open = new byte[FIRST_ROOM];
    private int length;
    private boolean afterReturn;

    LineSplitter(int lineMax, Consumer<String> taker) {
        this.lineMax = lineMax;
        this.taker = taker;
    }

    void take(byte[] bytes, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            if (b != '\n' && b != '\r') {
                afterReturn = false;
                continue;
            }
            append(bytes, from, i);
            from = i + 1;
            if (b == '\r' || !afterReturn) {
                emit(length);
            }
            afterReturn = b == '\r';
        }
        append(bytes, from, count);
    }

    /// Hands on the last line if it has no end.
    void finish() {
        if (length > 0) {
            emit(length);
        }
    }

    private void append(byte[] bytes, int from, int to) {
        while (from < to) {
            int room = Math.min(lineMax - length, to - from);
            if (length + room > open.length) {
                open = Arrays.copyOf(open, Math.min(lineMax, Math.max(length + room, length * 2)));
            }
            System.arraycopy(bytes, from, open, length, room);
            length += room;
            from += room;
            if (length == lineMax && from < to) {
                emit(wholeCharacters());
            }
        }
    }

    /// The length up to which the open line holds whole characters.
    private int wholeCharacters() {
        for (int back = 1; back <= 3; back++) {
            int b = open[length - back] & 0xFF;
            if (b >= 0xC0) {
                int wanted = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return back < wanted ? length - back : length;
            }
            if (b < 0x80) {
                return length;
            }
        }
        return length;
    }

    private void emit(int upTo) {
        var line = new String(open, 0, upTo, StandardCharsets.UTF_8);
        System.arraycopy(open, upTo, open, 0, length - upTo);
        length -= upTo;
        taker.accept(line);
    }
}
