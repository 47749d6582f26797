package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;
import java.util.Arrays;

/// The `utf8` table, as of Lua 5.3.
final class Utf8Library {
    /// Characters passed between two looks at the kill flag.
    private static final int CHARACTERS_BETWEEN_CHECKS = 1 << 10;

    private static final int CODE_POINT_MAX = 0x10ffff;
    private static final byte[] CHARACTER_PATTERN = {
        '[',
        0,
        '-',
        0x7f,
        (byte) 0xc2,
        '-',
        (byte) 0xf4,
        ']',
        '[',
        (byte) 0x80,
        '-',
        (byte) 0xbf,
        ']',
        '*'
    };

    /// What `codes` returns first.
    private static final HostFunction NEXT_CODE =
            new Builtin("for iterator", Utf8Library::nextCode);

    private Utf8Library() {}

    static void open(LuaState s) {
        Shelf.library(s, "utf8", 8)
                .add("char", Utf8Library::character)
                .add("codepoint", Utf8Library::codePoint)
                .add("codes", Utf8Library::codes)
                .add("len", Utf8Library::length)
                .add("offset", Utf8Library::offset)
                .set("charpattern", LuaString.ofBytes(CHARACTER_PATTERN.clone()));
    }

    private static double character(LuaState s, Args args) {
        ByteBuilder out = new ByteBuilder(s, args.count());
        for (int i = 1; i <= args.count(); i++) {
            long c = args.integer(i);
            if (c < 0 || c > CODE_POINT_MAX) {
                throw args.bad(i, "value out of range");
            }
            encode(out, (int) c);
        }
        return s.ret(out.toLuaString());
    }

    private static void encode(ByteBuilder out, int c) {
        if (c < 0x80) {
            out.append(c);
        } else if (c < 0x800) {
            out.append(0xc0 | (c >> 6));
            continuation(out, c);
        } else if (c < 0x10000) {
            out.append(0xe0 | (c >> 12));
            continuation(out, c >> 6);
            continuation(out, c);
        } else {
            out.append(0xf0 | (c >> 18));
            continuation(out, c >> 12);
            continuation(out, c >> 6);
            continuation(out, c);
        }
    }

    private static void continuation(ByteBuilder out, int c) {
        out.append(0x80 | (c & 0x3f));
    }

    /// Whether the byte at `at` (from 0) goes on with a character begun before.
    private static boolean continues(LuaString text, long at) {
        return at >= 0 && at < text.length() && (text.at((int) at) & 0xc0) == 0x80;
    }

    /// How many bytes the character at `at` (from 0) has; 0 where none is.
    private static int sizeAt(LuaString text, int at) {
        int c = text.at(at);
        int size = 0;
        if (c < 0x80) {
            size = 1;
        } else if (c >= 0xc2 && c < 0xe0) {
            size = 2;
        } else if (c >= 0xe0 && c < 0xf0) {
            size = 3;
        } else if (c >= 0xf0 && c < 0xf5) {
            size = 4;
        }
        for (int i = 1; i < size; i++) {
            if (!continues(text, at + (long) i)) {
                return 0;
            }
        }
        return size > 2 && isOverlongOrTooBig(text, at, size) ? 0 : size;
    }

    private static boolean isOverlongOrTooBig(LuaString text, int at, int size) {
        int c = decode(text, at, size);
        return c > CODE_POINT_MAX || c < (size == 3 ? 0x800 : 0x10000);
    }

    private static int decode(LuaString text, int at, int size) {
        if (size == 1) {
            return text.at(at);
        }
        int c = text.at(at) & (0x7f >> size);
        for (int i = 1; i < size; i++) {
            c = c << 6 | (text.at(at + i) & 0x3f);
        }
        return c;
    }

    private static double codePoint(LuaState s, Args args) {
        LuaString text = args.string(1);
        long from = StringLibrary.place(args.optInteger(2, 1), text.length());
        long to = StringLibrary.place(args.optInteger(3, from), text.length());
        if (from < 1) {
            throw args.bad(2, "out of range");
        }
        if (to > text.length()) {
            throw args.bad(3, "out of range");
        }
        if (from > to) {
            return s.none();
        }
        if (to - from >= StringLibrary.BYTES_RETURNED_MAX) {
            throw s.error("string slice too long");
        }
        int room = (int) (to - from) + 1;
        s.charge(room * 16L);
        double[] d = new double[room];
        int n = 0;
        for (int at = (int) from - 1; at < to; ) {
            int size = sizeAt(text, at);
            if (size == 0) {
                throw s.error("invalid UTF-8 code");
            }
            d[n++] = decode(text, at, size);
            at += size;
        }
        Object[] o = new Object[room];
        Arrays.fill(o, LuaNil.NIL);
        return s.multi(d, o, n);
    }

    private static double codes(LuaState s, Args args) {
        LuaString text = args.string(1);
        return s.multi(
                new double[] {LuaValues.TAG, LuaValues.TAG, 0},
                new Object[] {NEXT_CODE, text, LuaNil.NIL},
                3);
    }

    private static double nextCode(LuaState s, Args args) {
        LuaString text = args.string(1);
        int at = Math.clamp(args.integer(2), 0, text.length());
        while (at > 0 && continues(text, at)) {
            at++;
        }
        if (at >= text.length()) {
            return s.none();
        }
        int size = sizeAt(text, at);
        if (size == 0) {
            throw s.error("invalid UTF-8 code");
        }
        return s.multi(
                new double[] {at + 1.0, decode(text, at, size)},
                new Object[] {LuaNil.NIL, LuaNil.NIL},
                2);
    }

    private static double length(LuaState s, Args args) {
        LuaString text = args.string(1);
        long from = StringLibrary.place(args.optInteger(2, 1), text.length());
        long to = StringLibrary.place(args.optInteger(3, -1), text.length());
        if (from < 1 || from > text.length() + 1L) {
            throw args.bad(2, "initial position out of string");
        }
        if (to > text.length()) {
            throw args.bad(3, "final position out of string");
        }
        int n = 0;
        for (int at = (int) from - 1; at < to; n++) {
            if (n % CHARACTERS_BETWEEN_CHECKS == 0) {
                s.check(CHARACTERS_BETWEEN_CHECKS);
            }
            int size = sizeAt(text, at);
            if (size == 0) {
                return s.multi(
                        new double[] {LuaValues.TAG, at + 1.0},
                        new Object[] {LuaNil.NIL, LuaNil.NIL},
                        2);
            }
            at += size;
        }
        return n;
    }

    private static double offset(LuaState s, Args args) {
        LuaString text = args.string(1);
        int length = text.length();
        long n = args.integer(2);
        long start = StringLibrary.place(args.optInteger(3, n > 0 ? 1 : length + 1L), length);
        if (start < 1 || start > length + 1L) {
            throw args.bad(3, "position out of range");
        }
        long at = start - 1;
        if (n == 0) {
            while (at > 0 && continues(text, at)) {
                at--;
            }
            return at + 1.0;
        }
        if (continues(text, at)) {
            throw s.error("initial position is a continuation byte");
        }
        long left = n > 0 ? n - 1 : n;
        while (left < 0 && at > 0) {
            do {
                at--;
            } while (at > 0 && continues(text, at));
            left++;
        }
        while (left > 0 && at < length) {
            do {
                at++;
            } while (continues(text, at));
            left--;
        }
        if (left != 0) {
            return s.ret(LuaNil.NIL);
        }
        return at + 1.0;
    }
}
