package dev.sloth.core.log;

import java.util.regex.Pattern;

/// A regular expression, in the words of `java.util.regex`, to be found anywhere in a line, as
/// `grep -E` does; `(?i)` at its start makes capitals equal to small letters. What it may cost is
/// bounded, since some expressions take for ever.
public final class Grep {
    /// How many characters an expression may have.
    public static final int EXPRESSION_MAX = 1_000;

    /// How many characters of a line are looked at.
    public static final int LINE_MAX = 64 << 10;

    /// How often an expression may look at a character of one line.
    private static final int LOOKS_MAX = 20_000_000;

    private final Pattern pattern;

    /// @throws java.util.regex.PatternSyntaxException when it is none
    /// @throws IllegalArgumentException when it is too long
    public Grep(String expression) {
        if (expression.length() > EXPRESSION_MAX) {
            throw new IllegalArgumentException(
                    "it has %d characters, at most %d are allowed"
                            .formatted(expression.length(), EXPRESSION_MAX));
        }
        this.pattern = Pattern.compile(expression);
    }

    /// @throws TooCostly when the answer would take too long
    boolean finds(String text) {
        var looked = text.length() <= LINE_MAX ? text : text.substring(0, LINE_MAX);
        try {
            return pattern.matcher(new Counted(looked, new int[1])).find();
        } catch (StackOverflowError e) {
            throw new TooCostly(e);
        }
    }

    @Override
    public String toString() {
        return pattern.toString();
    }

    /// An expression that cannot be answered for some line within reason.
    public static final class TooCostly extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooCostly(Throwable cause) {
            super("the expression takes too long on one of the lines", cause);
        }
    }

    /// A text that counts how often it is looked at; its parts count with it.
    private record Counted(CharSequence text, int[] looks) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++looks[0] > LOOKS_MAX) {
                throw new TooCostly(new IllegalStateException(looks[0] + " looks"));
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), looks);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
