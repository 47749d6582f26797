package dev.sloth.lua.lib;

/// The character classes of the C locale, as sets of bytes: four longs for 256 bits.
final class ByteClass {
    private ByteClass() {}

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isAlpha(int c) {
        return isUpper(c) || isLower(c);
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isControl(int c) {
        return c < ' ' || c == 0x7f;
    }

    static boolean isPunctuation(int c) {
        return c > ' ' && c < 0x7f && !isAlpha(c) && !isDigit(c);
    }

    static boolean isHexDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static int lower(int c) {
        return isUpper(c) ? c + 32 : c;
    }

    static int upper(int c) {
        return isLower(c) ? c - 32 : c;
    }

    /// Whether `c` is in the class that `%` and `letter` name; other letters name themselves.
    static boolean inClass(int c, int letter) {
        boolean complement = isUpper(letter);
        return switch (lower(letter)) {
            case 'a' -> isAlpha(c) != complement;
            case 'c' -> isControl(c) != complement;
            case 'd' -> isDigit(c) != complement;
            case 'l' -> isLower(c) != complement;
            case 'p' -> isPunctuation(c) != complement;
            case 's' -> isSpace(c) != complement;
            case 'u' -> isUpper(c) != complement;
            case 'w' -> (isAlpha(c) || isDigit(c)) != complement;
            case 'x' -> isHexDigit(c) != complement;
            case 'z' -> (c == 0) != complement;
            default -> c == letter;
        };
    }
}
