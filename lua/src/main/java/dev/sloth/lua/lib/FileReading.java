package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;
import java.io.IOException;
import java.util.Arrays;

/// The formats of `read`: `*l *L *a *n` and byte counts.
final class FileReading {
    /// Longest numeral that `*n` reads, as in C libraries of old.
    private static final int NUMERAL_BYTES_MAX = 200;

    private FileReading() {}

    /// Reads as the arguments from `first` on say; a line when there are none.
    static double read(LuaState s, LuaFile file, Args args, int first) throws IOException {
        int wanted = args.count() - first + 1;
        if (wanted <= 0) {
            return line(s, file, false);
        }
        double[] d = new double[wanted];
        Object[] o = new Object[wanted];
        Arrays.fill(o, LuaNil.NIL);
        for (int i = 0; i < wanted; i++) {
            d[i] = one(s, file, args, first + i);
            if (LuaValues.isObject(d[i])) {
                o[i] = s.out;
                if (s.out == LuaNil.NIL) {
                    return s.multi(d, o, i + 1);
                }
            }
        }
        return s.multi(d, o, wanted);
    }

    private static double one(LuaState s, LuaFile file, Args args, int i) throws IOException {
        if (args.isNumber(i)) {
            return count(s, file, args.integer(i));
        }
        if (!(args.o(i) instanceof LuaString format)) {
            throw args.bad(i, "invalid option");
        }
        return one(s, file, args, i, format.toString());
    }

    private static double one(LuaState s, LuaFile file, Args args, int i, String format)
            throws IOException {
        String letter = format.startsWith("*") ? format.substring(1) : format;
        if (letter.isEmpty()) {
            throw args.bad(i, "invalid option");
        }
        return switch (letter.charAt(0)) {
            case 'n' -> number(s, file);
            case 'l' -> line(s, file, false);
            case 'L' -> line(s, file, true);
            case 'a' -> all(s, file);
            default -> throw args.bad(i, "invalid format");
        };
    }

    private static double count(LuaState s, LuaFile file, long count) throws IOException {
        if (count == 0) {
            return file.peek(s) >= 0 ? s.ret(LuaString.EMPTY) : s.nil();
        }
        ByteBuilder out = new ByteBuilder(s, Math.clamp(count, 0, 1 << 12));
        long got = file.bytes(s, out, count);
        return got > 0 ? s.ret(out.toLuaString()) : s.nil();
    }

    static double line(LuaState s, LuaFile file, boolean keepEnd) throws IOException {
        ByteBuilder out = new ByteBuilder(s, 80);
        return file.line(s, out, keepEnd) ? s.ret(out.toLuaString()) : s.nil();
    }

    private static double all(LuaState s, LuaFile file) throws IOException {
        return s.ret(text(s, file));
    }

    /// The rest of a file.
    static LuaString text(LuaState s, LuaFile file) throws IOException {
        ByteBuilder out = new ByteBuilder(s, 1 << 12);
        file.bytes(s, out, Long.MAX_VALUE);
        return out.toLuaString();
    }

    private static double number(LuaState s, LuaFile file) throws IOException {
        while (ByteClass.isSpace(file.peek(s))) {
            file.skip();
        }
        StringBuilder text = new StringBuilder();
        takeIf(s, file, text, "+-");
        boolean hexadecimal = false;
        if (takeIf(s, file, text, "0")) {
            hexadecimal = takeIf(s, file, text, "xX");
        }
        digits(s, file, text, hexadecimal);
        if (takeIf(s, file, text, ".")) {
            digits(s, file, text, hexadecimal);
        }
        if (!hexadecimal && takeIf(s, file, text, "eE")) {
            takeIf(s, file, text, "+-");
            digits(s, file, text, false);
        }
        double d = LuaNumbers.parse(LuaString.of(text.toString()));
        return LuaValues.isNumber(d) ? d : s.nil();
    }

    private static void digits(LuaState s, LuaFile file, StringBuilder text, boolean hexadecimal)
            throws IOException {
        String accepted = hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
        while (takeIf(s, file, text, accepted)) {
            s.check(1);
        }
    }

    private static boolean takeIf(LuaState s, LuaFile file, StringBuilder text, String accepted)
            throws IOException {
        int c = file.peek(s);
        if (c < 0 || accepted.indexOf(c) < 0 || text.length() >= NUMERAL_BYTES_MAX) {
            return false;
        }
        text.append((char) c);
        file.skip();
        return true;
    }
}
