package dev.sloth.core.state;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import java.util.ArrayList;
import java.util.List;

/// A pattern of keys: `*` is any text, `?` any character, `[a-z]` one of some, `[^a-z]` none of
/// them; a backslash takes the meaning from the next character.
///
/// Matching goes back to the last `*` only, so it takes at most as many steps as there are
/// characters in the text times parts in the pattern, however many stars there are.
final class Pattern {
    /// How long one may be.
    static final int LENGTH_MAX = 1_024;

    /// A part of a pattern.
    private sealed interface Part {
        record Any() implements Part {}

        record One() implements Part {}

        record Exactly(int character) implements Part {}

        record OneOf(List<int[]> ranges, boolean others) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();
    private final int[] text;
    private int at;

    private Pattern(String text) {
        this.text = text.codePoints().toArray();
    }

    /// @throws StateRefusal when it is none
    static Pattern of(String text) {
        int length = text.codePointCount(0, text.length());
        if (length > LENGTH_MAX) {
            throw new StateRefusal(
                    Reason.WRONG,
                    "a pattern has at most %d characters, this one has %d"
                            .formatted(LENGTH_MAX, length));
        }
        var pattern = new Pattern(text);
        pattern.read();
        return pattern;
    }

    private void read() {
        while (at < text.length) {
            int c = text[at++];
            switch (c) {
                case '*' -> any();
                case '?' -> parts.add(new Part.One());
                case '[' -> parts.add(oneOf());
                case '\\' -> parts.add(new Part.Exactly(escaped()));
                default -> parts.add(new Part.Exactly(c));
            }
        }
    }

    /// Many in a row are as one.
    private void any() {
        if (parts.isEmpty() || !(parts.getLast() instanceof Part.Any)) {
            parts.add(new Part.Any());
        }
    }

    private int escaped() {
        if (at == text.length) {
            throw wrong("ends with a backslash: write \\\\ for one");
        }
        return text[at++];
    }

    private Part oneOf() {
        var ranges = new ArrayList<int[]>();
        boolean others = at < text.length && (text[at] == '^' || text[at] == '!');
        at += others ? 1 : 0;
        while (at < text.length && text[at] != ']') {
            int from = member();
            int to = from;
            if (at + 1 < text.length && text[at] == '-' && text[at + 1] != ']') {
                at++;
                to = member();
            }
            if (to < from) {
                throw wrong("has a range that ends before it begins");
            }
            ranges.add(new int[] {from, to});
        }
        if (at == text.length || ranges.isEmpty()) {
            throw wrong("has a [ without members or without its ]: write \\[ for a bracket");
        }
        at++;
        return new Part.OneOf(ranges, others);
    }

    private int member() {
        int c = text[at++];
        return c == '\\' ? escaped() : c;
    }

    private StateRefusal wrong(String why) {
        return new StateRefusal(
                Reason.WRONG,
                "the pattern '%s' %s".formatted(new String(text, 0, text.length), why));
    }

    /// What all that match begin with.
    String prefix() {
        var prefix = new StringBuilder();
        for (var part : parts) {
            if (!(part instanceof Part.Exactly(int character))) {
                break;
            }
            prefix.appendCodePoint(character);
        }
        return prefix.toString();
    }

    boolean matches(String key) {
        int[] characters = key.codePoints().toArray();
        int part = 0;
        int character = 0;
        int star = -1;
        int resume = 0;
        while (character < characters.length) {
            if (part < parts.size() && parts.get(part) instanceof Part.Any) {
                star = part++;
                resume = character;
            } else if (part < parts.size() && is(parts.get(part), characters[character])) {
                part++;
                character++;
            } else if (star >= 0) {
                part = star + 1;
                character = ++resume;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) instanceof Part.Any) {
            part++;
        }
        return part == parts.size();
    }

    private static boolean is(Part part, int character) {
        return switch (part) {
            case Part.Any _ -> throw new IllegalStateException("a star is no character");
            case Part.One _ -> true;
            case Part.Exactly(int wanted) -> wanted == character;
            case Part.OneOf(var ranges, boolean others) ->
                    others != ranges.stream().anyMatch(r -> r[0] <= character && character <= r[1]);
        };
    }
}
