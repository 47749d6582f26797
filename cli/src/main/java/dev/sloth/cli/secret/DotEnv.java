package dev.sloth.cli.secret;

import dev.sloth.api.workflow.Problems;
import dev.sloth.core.security.secret.SecretProblems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Files of lines `NAME=value`, as shells and many tools read them: `export` before the name is
/// passed over, `#` begins a comment, single quotes keep all as it is and may span lines, double
/// quotes know `\n \r \t \" \\ \$` and may span lines too.
public final class DotEnv {
    private static final Pattern START =
            Pattern.compile("(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_./-]*)[ \\t]*=[ \\t]*");
    private static final Map<Character, Character> ESCAPES =
            Map.of('n', '\n', 'r', '\r', 't', '\t', '"', '"', '\\', '\\', '$', '$');

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int at;

    private DotEnv(String text) {
        this.text = text;
    }

    /// @throws Problems naming the line that cannot be read, without what stands in it
    public static Map<String, String> read(String text) {
        var reading = new DotEnv(text.replace("\r\n", "\n"));
        reading.all();
        return reading.values;
    }

    private void all() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#') {
                skipLine();
            } else {
                one();
            }
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private void one() {
        var start = START.matcher(text).region(at, text.length());
        if (!start.lookingAt()) {
            throw wrong("is not NAME=value");
        }
        at = start.end();
        var name = start.group(1);
        char first = at < text.length() ? text.charAt(at) : '\n';
        var value =
                switch (first) {
                    case '\'' -> single();
                    case '"' -> doubled();
                    default -> plain();
                };
        if (values.putIfAbsent(name, value) != null) {
            throw wrong("gives '" + name + "' a second time");
        }
    }

    private String plain() {
        int end = text.indexOf('\n', at);
        var line = text.substring(at, end < 0 ? text.length() : end);
        int comment = line.indexOf(" #");
        at += line.length();
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }

    private String single() {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw wrong("begins a quoted value that does not end");
        }
        var value = text.substring(at + 1, end);
        at = end + 1;
        restOfLine();
        return value;
    }

    private String doubled() {
        var value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                restOfLine();
                return value.toString();
            }
            if (c == '\\' && i + 1 < text.length()) {
                var meant = ESCAPES.get(text.charAt(i + 1));
                if (meant != null) {
                    value.append(meant.charValue());
                    i++;
                    continue;
                }
            }
            value.append(c);
        }
        throw wrong("begins a quoted value that does not end");
    }

    private void restOfLine() {
        int end = text.indexOf('\n', at);
        var rest = text.substring(at, end < 0 ? text.length() : end).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw wrong("has something behind its quoted value");
        }
        skipLine();
    }

    private Problems wrong(String what) {
        long line =
                1
                        + text.substring(0, Math.min(at, text.length()))
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
        return SecretProblems.of(
                "SLOTH-4510",
                "line %d %s".formatted(line, what),
                "each line is NAME=value, with quotes where the value has blanks");
    }
}
