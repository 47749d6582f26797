package dev.sloth.plugins.strings;

import dev.sloth.api.plugin.Results;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.PatientRegex;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions whose failures are results.
final class Regex {
    /// Uses a matcher.
    interface Use {
        List<Value> with(Matcher matcher);
    }

    private Regex() {}

    /// What `use` gives, or `nil, message` when the pattern is wrong or too costly.
    static List<Value> use(String pattern, String text, Use use) {
        if (pattern.length() > PatientRegex.PATTERN_LENGTH_MAX) {
            return Results.fail(
                    "the pattern is longer than "
                            + PatientRegex.PATTERN_LENGTH_MAX
                            + " characters");
        }
        try {
            return use.with(PatientRegex.matcher(Pattern.compile(pattern), text));
        } catch (PatternSyntaxException e) {
            return Results.fail(e.getDescription() + " at position " + (e.getIndex() + 1));
        } catch (PatientRegex.Spent | StackOverflowError _) {
            return Results.fail("the pattern takes too many steps on this text");
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Results.fail(String.valueOf(e.getMessage()));
        }
    }
}
