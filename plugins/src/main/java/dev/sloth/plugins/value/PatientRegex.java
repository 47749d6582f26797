package dev.sloth.plugins.value;

import dev.sloth.api.plugin.CallFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions within a budget: backtracking can take for ever, and is not to.
public final class PatientRegex {
    /// Characters looked at by one matcher.
    public static final long STEPS_MAX = 20_000_000;

    public static final int PATTERN_LENGTH_MAX = 10_000;

    /// The budget is spent, or the thread is to stop.
    public static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Spent() {
            super("the pattern takes too many steps on this text");
        }
    }

    private PatientRegex() {}

    /// @throws CallFailure when the pattern is wrong or too long
    public static Pattern compile(String pattern, int flags) {
        if (pattern.length() > PATTERN_LENGTH_MAX) {
            throw new CallFailure(
                    "the pattern is longer than " + PATTERN_LENGTH_MAX + " characters");
        }
        try {
            return Pattern.compile(pattern, flags);
        } catch (PatternSyntaxException e) {
            throw new CallFailure(
                    "the pattern is wrong: %s at position %d"
                            .formatted(e.getDescription(), e.getIndex() + 1),
                    e);
        }
    }

    /// A matcher whose methods throw [Spent] once it has looked at too much.
    public static Matcher matcher(Pattern pattern, CharSequence text) {
        return pattern.matcher(new Counted(text, new long[] {STEPS_MAX}));
    }

    private record Counted(CharSequence text, long[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (left[0]-- <= 0 || Thread.currentThread().isInterrupted()) {
                throw new Spent();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
