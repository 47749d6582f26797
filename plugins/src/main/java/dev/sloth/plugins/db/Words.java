package dev.sloth.plugins.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The first words of the statements in a text: each begins behind a semicolon that is neither
/// quoted nor in a comment. Those within a trigger count as statements too.
///
/// @param writing whether one that begins with `with` may change rows
record Words(List<String> first, boolean writing) {
    private static final Set<String> COUNTING =
            Set.of("insert", "update", "delete", "replace", "merge");

    /// Those that only tell something, or where they stand.
    private static final Set<String> ASKING =
            Set.of(
                    "select",
                    "values",
                    "table",
                    "show",
                    "explain",
                    "with",
                    "begin",
                    "start",
                    "commit",
                    "end",
                    "rollback",
                    "abort",
                    "savepoint",
                    "release",
                    "set");

    /// Those that cannot be done within a transaction, or that make their own.
    private static final Set<String> GOVERNING =
            Set.of(
                    "begin",
                    "commit",
                    "rollback",
                    "savepoint",
                    "release",
                    "vacuum",
                    "attach",
                    "detach",
                    "pragma");

    /// Those that put a database to the others, or away.
    private static final Set<String> REACHING = Set.of("attach", "detach");

    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern DOLLARS = Pattern.compile("\\$\\w*\\$");
    private static final Pattern WRITING =
            Pattern.compile("\\b(insert|update|delete|merge|replace)\\b", Pattern.CASE_INSENSITIVE);

    Words {
        first = List.copyOf(first);
    }

    static Words of(String text) {
        var first = new ArrayList<String>();
        boolean begins = true;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int next = after(text, at);
            boolean comment = (c == '-' || c == '/') && next > at + 1;
            if (c == ';') {
                begins = true;
            } else if (begins && !comment && !Character.isWhitespace(c)) {
                first.add(word(text, at));
                begins = false;
            }
            at = next;
        }
        return new Words(first, WRITING.matcher(text).find());
    }

    private static String word(String text, int at) {
        var match = WORD.matcher(text).region(at, text.length());
        return match.lookingAt() ? match.group().toLowerCase(Locale.ROOT) : "";
    }

    /// Where what begins here ends: a quoted text, a comment, or a letter.
    private static int after(String text, int at) {
        return switch (text.charAt(at)) {
            case '\'' -> behind(text, "'", at + 1);
            case '"' -> behind(text, "\"", at + 1);
            case '`' -> behind(text, "`", at + 1);
            case '[' -> behind(text, "]", at + 1);
            case '-' -> text.startsWith("--", at) ? behind(text, "\n", at + 2) : at + 1;
            case '/' -> text.startsWith("/*", at) ? behind(text, "*/", at + 2) : at + 1;
            case '$' -> {
                var dollars = DOLLARS.matcher(text).region(at, text.length());
                yield dollars.lookingAt() ? behind(text, dollars.group(), dollars.end()) : at + 1;
            }
            default -> at + 1;
        };
    }

    private static int behind(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    /// Whether there is nothing to be done.
    boolean none() {
        return first.isEmpty();
    }

    boolean several() {
        return first.size() > 1;
    }

    /// Whether the rows that a statement gives are those that it has changed.
    boolean counts(int statement) {
        return statement < first.size() && counts(first.get(statement));
    }

    private boolean counts(String word) {
        return COUNTING.contains(word) || (writing && word.equals("with"));
    }

    /// Whether there is one that may change something that is no row, such as a table.
    boolean shapes() {
        return first.stream().anyMatch(this::shapes);
    }

    private boolean shapes(String word) {
        return !counts(word) && !ASKING.contains(word);
    }

    /// Whether there is one that may change something within a database, not only which databases
    /// are at hand.
    boolean shapesWithin() {
        return first.stream().anyMatch(word -> shapes(word) && !REACHING.contains(word));
    }

    /// Whether all make something new.
    boolean creates() {
        return first.stream().allMatch("create"::equals);
    }

    boolean adds() {
        return !several() && (first.contains("insert") || first.contains("replace"));
    }

    /// Whether one of them does not do within a transaction.
    boolean governs() {
        return first.stream().anyMatch(GOVERNING::contains);
    }
}
