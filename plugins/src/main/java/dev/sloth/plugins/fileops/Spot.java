package dev.sloth.plugins.fileops;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.plugins.value.PatientRegex;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Where new lines go.
sealed interface Spot {
    String BEGIN = "BOF";
    String END = "EOF";

    int in(Lines lines);

    /// Before the first line, or behind the last one.
    record Edge(boolean end) implements Spot {
        @Override
        public int in(Lines lines) {
            return end ? lines.all().size() : 0;
        }
    }

    /// Before or behind the first or the last line that fits; at the end when none does.
    record Beside(Pattern pattern, boolean behind, boolean first) implements Spot {
        @Override
        public int in(Lines lines) {
            int found = lines.find(fits(pattern), first);
            if (found < 0) {
                return lines.all().size();
            }
            return behind ? found + 1 : found;
        }
    }

    static Predicate<String> fits(Pattern pattern) {
        return line -> PatientRegex.matcher(pattern, line).find();
    }

    /// @param after a pattern, EOF, or nothing
    /// @param before a pattern, BOF, or nothing
    static Spot of(String after, String before, boolean first) {
        if (!after.isEmpty() && !before.isEmpty()) {
            throw new CallFailure("give insertafter or insertbefore, not both");
        }
        if (before.equals(BEGIN)) {
            return new Edge(false);
        }
        if (after.equals(END) || (after.isEmpty() && before.isEmpty())) {
            return new Edge(true);
        }
        var pattern = PatientRegex.compile(after.isEmpty() ? before : after, 0);
        return new Beside(pattern, before.isEmpty(), first);
    }
}
