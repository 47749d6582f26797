package dev.sloth.cli.view;

import org.jline.utils.WCWidth;

/// Text measured in columns of a terminal, not in characters: a Chinese sign takes two, an accent
/// that joins the letter before takes none.
final class Columns {
    private static final char ELLIPSIS = '\u2026';
    private static final int ASCII_PRINTABLE_FROM = 0x20;
    private static final int ASCII_PRINTABLE_TO = 0x7f;

    private Columns() {}

    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int codePoint) {
        if (codePoint >= ASCII_PRINTABLE_FROM && codePoint < ASCII_PRINTABLE_TO) {
            return 1;
        }
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /// The text, with spaces behind it up to this width.
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /// The text cut to at most this width; what was cut ends with an ellipsis.
    static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        var kept = new StringBuilder();
        int used = 0;
        for (int cp : text.codePoints().toArray()) {
            int w = width(cp);
            if (used + w > width - 1) {
                break;
            }
            kept.appendCodePoint(cp);
            used += w;
        }
        return width < 1 ? "" : kept.append(ELLIPSIS).toString();
    }

    /// The text on one line, its control characters made visible or dropped, so that output of a
    /// task cannot move the cursor.
    static String tame(String text) {
        if (text.chars().noneMatch(c -> c < ASCII_PRINTABLE_FROM || c == ASCII_PRINTABLE_TO)) {
            return text;
        }
        var tamed = new StringBuilder(text.length());
        for (int cp : text.replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "").codePoints().toArray()) {
            switch (cp) {
                case '\t' -> tamed.append("    ");
                case '\n' -> tamed.append(' ');
                default -> {
                    if (!Character.isISOControl(cp)) {
                        tamed.appendCodePoint(cp);
                    }
                }
            }
        }
        return tamed.toString();
    }
}
