package dev.sloth.plugins.fileops;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a tar archive: the forms of POSIX (ustar, pax) and of GNU.
final class TarEntries implements AutoCloseable {
    private static final int BLOCK = 512;

    /// How long a name or a set of pax fields may be.
    private static final int FIELDS_MAX = 1 << 20;

    private static final int NAME = 0;
    private static final int MODE = 100;
    private static final int SIZE = 124;
    private static final int TIME = 136;
    private static final int SUM = 148;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int NAME_LENGTH = 100;
    private static final int PREFIX_LENGTH = 155;
    private static final int NUMBER_LENGTH = 12;
    private static final int SHORT_NUMBER_LENGTH = 8;

    /// What was read is no archive of this kind.
    static final class NoTar extends IOException {
        private static final long serialVersionUID = 1L;

        NoTar(String message) {
            super(message);
        }
    }

    private final InputStream in;
    private final byte[] header = new byte[BLOCK];

    /// What the next entry is called and so on, where its own header is too small for it.
    private final Map<String, String> fields = new HashMap<>();

    TarEntries(InputStream in) {
        this.in = in;
    }

    void each(Archive.Visitor visitor) throws IOException {
        while (nextHeader()) {
            long size = size();
            char type = (char) (header[TYPE] & 0xff);
            switch (type) {
                case 'L' -> fields.put("path", untilNul(fieldBytes(size)));
                case 'K' -> fields.put("linkpath", untilNul(fieldBytes(size)));
                case 'x' -> pax(fieldBytes(size));
                case 'g' -> {
                    var _ = fieldBytes(size);
                }
                default -> {
                    entry(type, size, visitor);
                    fields.clear();
                }
            }
        }
    }

    private void entry(char type, long size, Archive.Visitor visitor) throws IOException {
        var kind = kind(type);
        boolean file = kind == Entry.Kind.FILE;
        var body = new Body(file ? size : 0);
        var name = fields.getOrDefault("path", ownName());
        visitor.take(
                new Entry(
                        name,
                        file && name.endsWith("/") ? Entry.Kind.FOLDER : kind,
                        fields.getOrDefault("linkpath", text(LINK, NAME_LENGTH)),
                        (int) number(MODE, SHORT_NUMBER_LENGTH),
                        Instant.ofEpochSecond(Math.clamp(number(TIME, NUMBER_LENGTH), 0, 1L << 40)),
                        body));
        body.finish();
        if (!file) {
            skip(padded(size));
        } else {
            skip(padded(size) - size);
        }
    }

    private static Entry.Kind kind(char type) {
        return switch (type) {
            case '0', '\0', '7' -> Entry.Kind.FILE;
            case '1' -> Entry.Kind.HARD_LINK;
            case '2' -> Entry.Kind.LINK;
            case '5' -> Entry.Kind.FOLDER;
            default -> Entry.Kind.OTHER;
        };
    }

    private String ownName() {
        var name = text(NAME, NAME_LENGTH);
        boolean posix = text(MAGIC, 6).equals("ustar") && header[MAGIC + 5] == 0;
        var prefix = posix ? text(PREFIX, PREFIX_LENGTH) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /// Links and folders have no content, whatever their size says; old archives give one.
    private long size() throws IOException {
        long size;
        try {
            size =
                    fields.containsKey("size")
                            ? Long.parseLong(fields.get("size"))
                            : number(SIZE, NUMBER_LENGTH);
        } catch (NumberFormatException e) {
            throw broken("a size is no number", e);
        }
        char type = (char) (header[TYPE] & 0xff);
        boolean bare = type == '1' || type == '2' || type == '5';
        if (size < 0) {
            throw broken("a size is negative", null);
        }
        return bare ? 0 : size;
    }

    private static IOException broken(String what, @Nullable Throwable e) {
        return new IOException("the archive is broken: " + what, e);
    }

    /// Whether there is another one.
    private boolean nextHeader() throws IOException {
        int length = in.readNBytes(header, 0, BLOCK);
        if (length == 0) {
            return false;
        }
        if (length < BLOCK) {
            throw new NoTar("it ends within a header");
        }
        long sum = 0;
        boolean blank = true;
        for (int i = 0; i < BLOCK; i++) {
            boolean inSum = i >= SUM && i < SUM + SHORT_NUMBER_LENGTH;
            sum += inSum ? ' ' : header[i] & 0xff;
            blank &= header[i] == 0;
        }
        if (blank) {
            return false;
        }
        if (number(SUM, SHORT_NUMBER_LENGTH) != sum) {
            throw new NoTar("a header has another sum than it says");
        }
        return true;
    }

    private String text(int from, int length) {
        int to = from;
        while (to < from + length && header[to] != 0) {
            to++;
        }
        return new String(header, from, to - from, StandardCharsets.UTF_8);
    }

    /// Octal digits, or bytes where the first bit says so; -1 when it is neither.
    private long number(int from, int length) {
        if ((header[from] & 0x80) != 0) {
            long value = header[from] & 0x7f;
            for (int i = from + 1; i < from + length; i++) {
                if (value > Long.MAX_VALUE >> 8) {
                    return -1;
                }
                value = value << 8 | (header[i] & 0xff);
            }
            return value;
        }
        var digits = text(from, length).strip();
        if (digits.isEmpty()) {
            return 0;
        }
        return digits.chars().allMatch(c -> c >= '0' && c <= '7') ? Long.parseLong(digits, 8) : -1;
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private byte[] fieldBytes(long size) throws IOException {
        if (size > FIELDS_MAX) {
            throw broken("a name has more than " + FIELDS_MAX + " bytes", null);
        }
        var bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw new EOFException("the archive ends too early");
        }
        skip(padded(size) - size);
        return bytes;
    }

    private static String untilNul(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    /// Lines of `length name=value`, where the length counts the whole line in bytes.
    private void pax(byte[] bytes) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int blank = at;
            while (blank < bytes.length && bytes[blank] != ' ') {
                blank++;
            }
            int length;
            try {
                length =
                        Integer.parseInt(new String(bytes, at, blank - at, StandardCharsets.UTF_8));
            } catch (NumberFormatException e) {
                throw broken("a pax field has no length", e);
            }
            if (length <= blank - at + 1 || length > bytes.length - at) {
                throw broken("a pax field has a wrong length", null);
            }
            var field =
                    new String(
                            bytes,
                            blank + 1,
                            length - (blank + 1 - at) - 1,
                            StandardCharsets.UTF_8);
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
            at += length;
        }
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException e) {
            throw new IOException("the archive ends too early", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// The content of one file.
    private final class Body extends InputStream {
        private long left;

        Body(long size) {
            left = size;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = in.read(into, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new IOException("the archive ends too early");
            }
            left -= count;
            return count;
        }

        void finish() throws IOException {
            TarEntries.this.skip(left);
            left = 0;
        }
    }
}
