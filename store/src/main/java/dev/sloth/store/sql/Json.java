package dev.sloth.store.sql;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes the few lists that a statement takes as one value.
final class Json {
    /// Characters below this one must be escaped.
    private static final char FIRST_PRINTABLE = ' ';

    private Json() {}

    static String array(Collection<String> texts) {
        return texts.stream().map(Json::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    static String object(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> quoted(text.getKey()) + ":" + quoted(text.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
