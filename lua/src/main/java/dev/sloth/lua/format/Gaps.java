package dev.sloth.lua.format;

import dev.sloth.lua.syntax.Piece;

/// Where a space stands between two words on one line.
final class Gaps {
    private Gaps() {}

    /// @param sign whether `before` is an operator with one operand
    static boolean between(Word before, Word next, boolean sign) {
        if (before.isComment() || next.isComment()) {
            return true;
        }
        if (next.starts()) {
            return true;
        }
        return !(isClosed(before, next)
                || isJoined(before, next)
                || isSuffix(before, next)
                || isSigned(before, next, sign));
    }

    /// Commas, and the insides of brackets but braces. A long string must not touch a bracket that
    /// would be read as a part of its own.
    private static boolean isClosed(Word before, Word next) {
        if (next.is(",") || next.is(";")) {
            return true;
        }
        if (before.is("{") || next.is("}")) {
            return before.is("{") && next.is("}");
        }
        if (before.is("[") || next.is("]")) {
            return !before.isLongString() && !next.isLongString();
        }
        return before.is("(") || next.is(")");
    }

    /// Paths such as `a.b:c`, and labels.
    private static boolean isJoined(Word before, Word next) {
        return before.is(".")
                || next.is(".")
                || before.is(":")
                || next.is(":")
                || (before.is("::") && before.starts())
                || next.is("::");
    }

    /// Parameters, arguments and keys stand right behind what they belong to.
    private static boolean isSuffix(Word before, Word next) {
        if (next.is("(")) {
            return before.is("function") || isCalled(before);
        }
        return (next.is("[") || next.is("{")) && isCalled(before);
    }

    private static boolean isCalled(Word before) {
        return before.sort() == Piece.Sort.NAME
                || before.sort() == Piece.Sort.STRING
                || before.closesBracket();
    }

    private static boolean isSigned(Word before, Word next, boolean sign) {
        return sign && !before.is("not") && !next.is("-");
    }
}
