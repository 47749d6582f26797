package dev.sloth.lua.debug;

import java.util.function.UnaryOperator;

/// The text of a breakpoint that tells something: what stands in braces is computed. Braces within
/// those belong to the expression, and those within its texts count for nothing.
final class LogText {
    private LogText() {}

    static String filled(String text, UnaryOperator<String> compute) {
        var out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = text.charAt(at) == '{' ? end(text, at) : -1;
            if (end < 0) {
                out.append(text.charAt(at++));
            } else {
                out.append(compute.apply(text.substring(at + 1, end)));
                at = end + 1;
            }
        }
        return out.toString();
    }

    /// The brace that closes the one at `open`, or -1.
    private static int end(String text, int open) {
        int deep = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            deep += c == '{' ? 1 : 0;
            deep -= c == '}' ? 1 : 0;
            if (deep == 0) {
                return i;
            }
            if (c == '"' || c == '\'') {
                i = pastQuoted(text, i);
            }
        }
        return -1;
    }

    /// Where the text ends that begins at a quotation mark; there, when it has no end.
    private static int pastQuoted(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == text.charAt(open)) {
                return i;
            }
        }
        return open;
    }
}
