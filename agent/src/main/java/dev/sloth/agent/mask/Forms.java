package dev.sloth.agent.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/// All forms that one value takes when tools write it.
final class Forms {
    /// Values that are longer are looked for in fewer escapes: each form takes room.
    private static final int IN_FULL_MAX = 8 << 10;

    /// Lines of so many lines are looked for in all forms, beyond that only as they are.
    private static final int LINES_IN_FULL = 200;

    /// Where tools break the lines of base64 (coreutils, openssl) and of hex (xxd).
    private static final int[] BASE64_LINES = {76, 64};

    private static final int HEX_LINE = 60;

    /// A shorter piece of a broken line is looked for together with the line before it only.
    private static final int PIECE_MIN = 8;

    private static final int BITS = 6;
    private static final byte[] NEWLINE = {'\n'};

    private final int least;
    private final TreeSet<byte[]> all = new TreeSet<>(Arrays::compare);

    private Forms(int least) {
        this.least = least;
    }

    /// @param least how long a form must be to be looked for
    static Collection<byte[]> of(byte[] value, int least) {
        var forms = new Forms(least);
        forms.value(value);
        forms.bare(value);
        forms.broken(value);
        forms.lines(value);
        return forms.all;
    }

    private void add(byte[] form) {
        if (form.length >= least) {
            all.add(form);
        }
    }

    private void add(String form) {
        add(form.getBytes(ISO_8859_1));
    }

    private void value(byte[] value) {
        add(value);
        // As a reader of UTF-8 hands it on, who takes what is none for replacement characters.
        add(new String(value, UTF_8).getBytes(UTF_8));
        base64(value);
        add(HexFormat.of().formatHex(value));
        add(HexFormat.of().withUpperCase().formatHex(value));
        (value.length <= IN_FULL_MAX ? Escapes.all(value) : Escapes.usual(value))
                .forEach(this::add);
    }

    /// Without the blanks around it, as `echo $TOKEN` writes it, and with single ones within.
    private void bare(byte[] value) {
        byte[] bare = stripped(value);
        if (bare.length < least) {
            return;
        }
        add(new String(bare, ISO_8859_1).replaceAll("[ \\t\\n]+", " "));
        if (bare.length < value.length && bare.length <= IN_FULL_MAX) {
            value(bare);
            broken(bare);
        } else {
            add(bare);
        }
    }

    // ---- base64

    /// At each of the three places within other data, but for the signs that hold some of that.
    private void base64(byte[] value) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + value.length];
            System.arraycopy(value, 0, shifted, before, value.length);
            int from = (before * Byte.SIZE + BITS - 1) / BITS;
            int to = shifted.length * Byte.SIZE / BITS;
            both(Base64.getEncoder().withoutPadding().encodeToString(shifted), from, to);
        }
        for (var whole : List.of(value, joined(value, NEWLINE))) {
            var text = Base64.getEncoder().encodeToString(whole);
            both(text, 0, text.length());
            both(text.replace("=", ""), 0, text.replace("=", "").length());
        }
    }

    /// In the usual alphabet and in that of addresses.
    private void both(String text, int from, int to) {
        if (from < to) {
            var part = text.substring(from, to);
            add(part);
            add(part.replace('+', '-').replace('/', '_'));
        }
    }

    // ---- broken lines

    private void broken(byte[] value) {
        for (var whole : List.of(value, joined(value, NEWLINE))) {
            for (int width : BASE64_LINES) {
                pieces(Base64.getEncoder().encodeToString(whole), width);
            }
            pieces(HexFormat.of().formatHex(whole), HEX_LINE);
        }
    }

    private void pieces(String text, int width) {
        if (text.length() <= width) {
            return;
        }
        var pieces = new ArrayList<String>();
        for (int at = 0; at < text.length(); at += width) {
            pieces.add(text.substring(at, Math.min(text.length(), at + width)));
        }
        pieces.stream().filter(piece -> piece.length() >= PIECE_MIN).forEach(this::add);
        add(String.join("\n", pieces));
    }

    // ---- values of several lines

    private void lines(byte[] value) {
        var text = new String(value, ISO_8859_1);
        var lines = text.lines().map(String::strip).distinct().toList();
        if (lines.size() < 2) {
            return;
        }
        add(text.replace("\r\n", "\n").replace("\n", "\r\n"));
        for (var line : lines) {
            byte[] bytes = line.getBytes(ISO_8859_1);
            add(bytes);
            if (lines.size() <= LINES_IN_FULL && bytes.length >= PIECE_MIN) {
                value(bytes);
            }
        }
    }

    /// Blanks are those of ASCII.
    private static byte[] stripped(byte[] value) {
        int from = 0;
        int to = value.length;
        while (from < to && blank(value[from])) {
            from++;
        }
        while (from < to && blank(value[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(value, from, to);
    }

    private static boolean blank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
