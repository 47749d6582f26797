package dev.sloth.lua.debug;

import java.util.function.UnaryOperator;

/// The text of a breakpoint that tells something: what stands in braces is computed. Braces within
/// those belong to the expression.
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
            deep += text.charAt(i) == '{' ? 1 : 0;
            deep -= text.charAt(i) == '}' ? 1 : 0;
            if (deep == 0) {
                return i;
            }
        }
        return -1;
    }
}
