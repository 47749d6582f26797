package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.Texts;

/// `string.format`.
final class StringFormat {
    private static final String FLAGS = "-+ #0";

    /// Digits that a width or a precision may have.
    private static final int NUMBER_DIGITS_MAX = 2;

    private final LuaState state;
    private final Args args;
    private final LuaString format;
    private final ByteBuilder out;
    private int at;
    private int argument = 1;

    private StringFormat(LuaState state, Args args) {
        this.state = state;
        this.args = args;
        this.format = args.string(1);
        this.out = new ByteBuilder(state, format.length() + 16);
        args.keep(out);
    }

    static double format(LuaState s, Args args) {
        StringFormat run = new StringFormat(s, args);
        run.run();
        return s.ret(run.out.toLuaString());
    }

    private int peek() {
        return at < format.length() ? format.at(at) : -1;
    }

    private void run() {
        int length = format.length();
        while (at < length) {
            int plain = at;
            while (at < length && format.at(at) != '%') {
                at++;
            }
            out.append(format.bytes(), plain, at);
            if (at == length) {
                return;
            }
            at++;
            if (peek() == '%') {
                out.append('%');
                at++;
            } else {
                directive();
            }
        }
    }

    private void directive() {
        argument++;
        if (argument > args.count()) {
            throw args.bad(argument, "no value");
        }
        Directive directive = scan();
        at++;
        switch (directive.conversion()) {
            case 'c' ->
                    directive.character(out, (int) Directive.toLong(args.number(argument)) & 0xff);
            case 'd', 'i' -> directive.integer(out, args.number(argument));
            case 'o', 'u', 'x', 'X' -> directive.unsigned(out, args.number(argument));
            case 'a', 'A', 'e', 'E', 'f', 'F', 'g', 'G' ->
                    directive.real(out, args.number(argument));
            case 'q' -> quote(args.string(argument));
            case 's' -> directive.text(out, Texts.of(state, args.d(argument), args.o(argument)));
            default ->
                    throw state.error(
                            "invalid option '%"
                                    + (directive.conversion() < 0
                                            ? ""
                                            : String.valueOf((char) directive.conversion()))
                                    + "' to 'format'");
        }
    }

    private Directive scan() {
        int flagsFrom = at;
        while (peek() >= 0 && FLAGS.indexOf(peek()) >= 0) {
            at++;
        }
        if (at - flagsFrom > FLAGS.length()) {
            throw state.error("invalid format (repeated flags)");
        }
        int flagsTo = at;
        int width = Math.max(0, number());
        int precision = Directive.UNSET;
        if (peek() == '.') {
            at++;
            precision = Math.max(0, number());
        }
        if (ByteClass.isDigit(peek())) {
            throw state.error("invalid format (width or precision too long)");
        }
        return new Directive(
                hasFlag('-', flagsFrom, flagsTo),
                hasFlag('+', flagsFrom, flagsTo),
                hasFlag(' ', flagsFrom, flagsTo),
                hasFlag('#', flagsFrom, flagsTo),
                hasFlag('0', flagsFrom, flagsTo),
                width,
                precision,
                peek());
    }

    private boolean hasFlag(int flag, int from, int to) {
        for (int i = from; i < to; i++) {
            if (format.at(i) == flag) {
                return true;
            }
        }
        return false;
    }

    private int number() {
        int n = -1;
        for (int i = 0; i < NUMBER_DIGITS_MAX && ByteClass.isDigit(peek()); i++) {
            n = Math.max(n, 0) * 10 + peek() - '0';
            at++;
        }
        return n;
    }

    private void quote(LuaString text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            int c = text.at(i);
            switch (c) {
                case '"', '\\', '\n' -> out.append('\\').append(c);
                case '\r' -> out.append("\\r");
                case 0 -> out.append("\\000");
                default -> out.append(c);
            }
        }
        out.append('"');
    }
}
