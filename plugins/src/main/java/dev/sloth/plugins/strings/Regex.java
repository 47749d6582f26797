package dev.sloth.plugins.strings;

import dev.sloth.api.plugin.Results;
import dev.sloth.api.value.Value;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions within a budget: backtracking can take for ever, and is not to.
final class Regex {
    /// Characters looked at in one call.
    private static final long STEPS_MAX = 20_000_000;

    private static final int PATTERN_LENGTH_MAX = 10_000;

    /// Uses a matcher.
    interface Use {
        List<Value> with(Matcher matcher);
    }

    /// The budget is spent.
    private static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Regex() {}

    /// What `use` gives, or `nil, message` when the pattern is wrong or too costly.
    static List<Value> use(String pattern, String text, Use use) {
        if (pattern.length() > PATTERN_LENGTH_MAX) {
            return Results.fail("the pattern is longer than " + PATTERN_LENGTH_MAX + " characters");
        }
        try {
            var compiled = Pattern.compile(pattern);
            return use.with(compiled.matcher(new Counted(text, new long[] {STEPS_MAX})));
        } catch (PatternSyntaxException e) {
            return Results.fail(e.getDescription() + " at position " + (e.getIndex() + 1));
        } catch (Spent | StackOverflowError _) {
            return Results.fail("the pattern takes too many steps on this text");
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Results.fail(String.valueOf(e.getMessage()));
        }
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
