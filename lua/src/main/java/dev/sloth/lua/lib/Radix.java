package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;

/// Whole numbers in bases other than ten, as C's `strtoul` reads them, but those below zero and
/// beyond 64 bits stay what they are.
final class Radix {
    private Radix() {}

    /// The number, or [LuaValues#TAG] if the text is none.
    static double parse(LuaString text, int base) {
        if (text.length() > LuaNumbers.NUMERAL_BYTES_MAX) {
            return LuaValues.TAG;
        }
        int at = skipSpace(text, 0);
        int end = text.length();
        boolean negative = at < end && text.at(at) == '-';
        if (negative || (at < end && text.at(at) == '+')) {
            at++;
        }
        if (base == 16 && at + 1 < end && text.at(at) == '0' && (text.at(at + 1) | 32) == 'x') {
            at += 2;
        }
        int first = at;
        double value = 0;
        for (; at < end; at++) {
            int digit = Character.digit(text.at(at), base);
            if (digit < 0 || text.at(at) > 'z') {
                break;
            }
            value = value * base + digit;
        }
        if (at == first || skipSpace(text, at) < end) {
            return LuaValues.TAG;
        }
        // taken from 0, which has no sign in C's whole numbers
        return negative ? 0 - value : value;
    }

    private static int skipSpace(LuaString text, int from) {
        int at = from;
        while (at < text.length() && ByteClass.isSpace(text.at(at))) {
            at++;
        }
        return at;
    }
}
