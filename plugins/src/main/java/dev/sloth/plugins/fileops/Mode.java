package dev.sloth.plugins.fileops;

import dev.sloth.api.plugin.CallFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A file mode as people write it: `0644`, or `u=rw,go=r` from what there is.
record Mode(List<Clause> clauses) {
    static final int ALL = 07777;
    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{1,4}");
    private static final Pattern SYMBOLIC = Pattern.compile("([ugoa]*)([=+-])([rwxXst]*)");
    private static final int USER = 04700;
    private static final int GROUP = 02070;
    private static final int OTHERS = 01007;
    private static final int EXECUTE = 0111;

    /// One change of a mode.
    private record Clause(int who, char sign, int bits, boolean executeIfAny) {
        int of(int mode, boolean directory) {
            boolean any = directory || (mode & EXECUTE) != 0;
            int set = (executeIfAny && any ? bits | (EXECUTE & who) : bits) & who;
            return switch (sign) {
                case '+' -> mode | set;
                case '-' -> mode & ~set;
                default -> (mode & ~who) | set;
            };
        }
    }

    /// @throws CallFailure when it means no mode
    static Mode parse(String text) {
        if (OCTAL.matcher(text).matches()) {
            return new Mode(List.of(new Clause(ALL, '=', Integer.parseInt(text, 8), false)));
        }
        var clauses = new ArrayList<Clause>();
        for (var part : text.split(",", -1)) {
            var match = SYMBOLIC.matcher(part);
            if (!match.matches()) {
                throw new CallFailure(
                        "mode is octal such as 0644, or text such as u=rw,go=r, not " + text);
            }
            var bits = match.group(3);
            clauses.add(
                    new Clause(
                            who(match.group(1)),
                            match.group(2).charAt(0),
                            bits(bits),
                            bits.indexOf('X') >= 0));
        }
        return new Mode(clauses);
    }

    private static int who(String letters) {
        int who = letters.isEmpty() || letters.indexOf('a') >= 0 ? ALL : 0;
        who |= letters.indexOf('u') >= 0 ? USER : 0;
        who |= letters.indexOf('g') >= 0 ? GROUP : 0;
        return who | (letters.indexOf('o') >= 0 ? OTHERS : 0);
    }

    private static int bits(String letters) {
        int bits = letters.indexOf('r') >= 0 ? 0444 : 0;
        bits |= letters.indexOf('w') >= 0 ? 0222 : 0;
        bits |= letters.indexOf('x') >= 0 ? EXECUTE : 0;
        bits |= letters.indexOf('s') >= 0 ? 06000 : 0;
        return bits | (letters.indexOf('t') >= 0 ? 01000 : 0);
    }

    /// The mode that one which is `now` so is to have.
    int from(int now, boolean directory) {
        int mode = now;
        for (var clause : clauses) {
            mode = clause.of(mode, directory);
        }
        return mode;
    }

    static String octal(int mode) {
        return "%04o".formatted(mode & ALL);
    }
}
