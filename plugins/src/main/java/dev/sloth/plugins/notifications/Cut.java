package dev.sloth.plugins.notifications;

import java.nio.charset.StandardCharsets;

/// Cuts texts to what a service takes, and remembers that it did.
final class Cut {
    private static final String MARK = "… (cut)";
    private boolean done;

    boolean done() {
        return done;
    }

    /// At most so many UTF-16 units, never half of a letter.
    String letters(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        done = true;
        int to = most - MARK.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to)
                + MARK;
    }

    /// At most so many bytes of UTF-8.
    String bytes(String text, int most) {
        var cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > most) {
            int over = cut.getBytes(StandardCharsets.UTF_8).length - most;
            int to = Math.max(MARK.length() + 1, cut.length() - Math.max(1, over / 4));
            cut = letters(cut, Math.min(to, cut.length() - 1));
        }
        return cut;
    }
}
