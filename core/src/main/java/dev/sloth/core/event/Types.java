package dev.sloth.core.event;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.EventRefusal.Reason;
import dev.sloth.api.event.Fact;
import java.util.List;
import java.util.regex.Pattern;

/// The types of events that somebody wants: names, in which `*` stands for any text.
///
/// @param patterns none means all types
public record Types(List<String> patterns) {
    /// All of them.
    public static final Types ALL = new Types(List.of());

    /// How many somebody may name.
    public static final int PATTERNS_MAX = 100;

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_.*-]+");

    /// Scripts know runs as workflows.
    private static final String WORKFLOW = "workflow.";

    private static final String RUN = "run.";

    /// @throws EventRefusal when one of them is no pattern
    public Types {
        if (patterns.size() > PATTERNS_MAX) {
            throw wrong("name at most %d types of events".formatted(PATTERNS_MAX));
        }
        patterns = patterns.stream().map(Types::checked).distinct().toList();
    }

    private static String checked(String pattern) {
        if (pattern.length() > Fact.TYPE_MAX || !PATTERN.matcher(pattern).matches()) {
            throw wrong(
                    "'%s' is no type of event: write one such as task.failed, with * for any text, of at most %d characters"
                            .formatted(pattern.replaceAll("\\p{Cntrl}", "?"), Fact.TYPE_MAX));
        }
        return pattern.startsWith(WORKFLOW) ? RUN + pattern.substring(WORKFLOW.length()) : pattern;
    }

    private static EventRefusal wrong(String message) {
        return new EventRefusal(Reason.WRONG, message);
    }

    public boolean want(String type) {
        return patterns.isEmpty() || patterns.stream().anyMatch(p -> matches(p, type));
    }

    /// Whether a type that begins so may be wanted.
    boolean mayWant(String beginning) {
        return patterns.isEmpty()
                || patterns.stream()
                        .map(Types::literal)
                        .anyMatch(l -> l.startsWith(beginning) || beginning.startsWith(l));
    }

    /// What all that match begin with.
    private static String literal(String pattern) {
        int star = pattern.indexOf('*');
        return star < 0 ? pattern : pattern.substring(0, star);
    }

    /// Goes back to the last star only: as many steps as there are characters in both, multiplied.
    private static boolean matches(String pattern, String type) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int character = 0;
        while (character < type.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = character;
            } else if (at < pattern.length() && pattern.charAt(at) == type.charAt(character)) {
                at++;
                character++;
            } else if (star >= 0) {
                at = star + 1;
                character = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
