package dev.sloth.cli.view;

/// Text of somebody else, such as what a script has raised, that cannot move the cursor, colour the
/// screen or ring the bell: of control characters the new line and the tab stay, all others are
/// shown as Lua would write them.
public final class Visible {
    private static final int LAST_OF_DECIMAL = 0x7f;

    private Visible() {}

    public static String of(String text) {
        if (text.codePoints().noneMatch(Visible::isHarmful)) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(c -> {
                    if (isHarmful(c)) {
                        shown.append(escape(c));
                    } else {
                        shown.appendCodePoint(c);
                    }
                });
        return shown.toString();
    }

    private static boolean isHarmful(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    private static String escape(int c) {
        return switch (c) {
            case '\r' -> "\\r";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> (c <= LAST_OF_DECIMAL ? "\\%03d" : "\\u{%x}").formatted(c);
        };
    }
}
