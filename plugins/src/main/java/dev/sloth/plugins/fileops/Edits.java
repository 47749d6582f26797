package dev.sloth.plugins.fileops;

import dev.sloth.api.value.Allowance;
import dev.sloth.plugins.value.Draft;
import dev.sloth.plugins.value.PatientRegex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What edits make of a text. Nothing here reads or writes files.
final class Edits {
    /// How long a text may become.
    static final int LENGTH_MAX = 256 << 20;

    private Edits() {}

    /// What an edit came to.
    ///
    /// @param count how many places it changed
    record Edited(String text, int count) {}

    /// One line that shall be there or not.
    ///
    /// @param regexp the lines meant; those equal to `line` when empty
    /// @param groups whether `\1` in the line stands for a group of the pattern
    record Line(String line, Optional<Pattern> regexp, Spot spot, boolean first, boolean groups) {
        Predicate<String> meant() {
            return regexp.map(Spot::fits).orElse(line::equals);
        }
    }

    static Edited present(String text, Line wish, Allowance allowance) {
        var lines = Lines.of(text);
        int found = lines.find(wish.meant(), wish.first());
        if (found >= 0) {
            var line = wish.groups() ? filled(lines.bare(found), wish, allowance) : wish.line();
            return lines.bare(found).equals(line)
                    ? new Edited(text, 0)
                    : new Edited(lines.replaced(found, line).text(), 1);
        }
        if (wish.groups() || lines.find(wish.line()::equals, true) >= 0) {
            return new Edited(text, 0);
        }
        var more = lines.inserted(wish.spot().in(lines), List.of(wish.line()));
        return new Edited(more.text(), 1);
    }

    private static String filled(String found, Line wish, Allowance allowance) {
        var matcher = PatientRegex.matcher(wish.regexp().orElseThrow(), found);
        if (!matcher.find()) {
            return found;
        }
        var out = new Draft(allowance, LENGTH_MAX);
        fill(found, matcher, wish.line(), out);
        return out.toString();
    }

    /// Adds the template with groups of what was found in the text.
    private static void fill(String text, Matcher matcher, String template, Draft out) {
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            boolean escape = c == '\\' && i + 1 < template.length();
            if (!escape) {
                out.append(c);
                continue;
            }
            char next = template.charAt(++i);
            int group = Character.digit(next, 10);
            if (group < 0) {
                out.append(next == '\\' ? "\\" : "\\" + next);
            } else if (group <= matcher.groupCount()) {
                if (matcher.start(group) >= 0) {
                    out.append(text, matcher.start(group), matcher.end(group));
                }
            } else {
                throw new IndexOutOfBoundsException("the pattern has no group " + group);
            }
        }
    }

    static Edited absent(String text, Line wish) {
        var lines = Lines.of(text);
        var left = lines.without(wish.meant());
        return new Edited(left.text(), lines.all().size() - left.all().size());
    }

    /// A block between two lines that mark it.
    record Block(String begin, String end, List<String> lines, Spot spot) {}

    /// Puts the block there, in place of what its marks hold; one without lines is removed.
    static Edited block(String text, Block block) throws IOException {
        var lines = Lines.of(text);
        int begin = lines.find(block.begin()::equals, true);
        int end = lines.find(block.end()::equals, true);
        if ((begin < 0) != (end < 0) || end < begin) {
            throw new IOException(
                    begin >= 0 && end < 0
                            ? "the line '" + block.begin() + "' is there without its end"
                            : "the line '" + block.end() + "' is there without its beginning");
        }
        var left = begin < 0 ? lines : lines.without(begin, end + 1);
        int at = begin < 0 ? block.spot().in(left) : begin;
        var marked = new ArrayList<String>();
        if (!block.lines().isEmpty()) {
            marked.add(block.begin());
            marked.addAll(block.lines());
            marked.add(block.end());
        }
        var then = left.inserted(at, marked).text();
        boolean nothing = marked.isEmpty() && begin < 0;
        return nothing || then.equals(text) ? new Edited(text, 0) : new Edited(then, 1);
    }

    /// Replaces all that a pattern finds; `\1` stands for a group.
    ///
    /// @throws IllegalArgumentException when the text becomes too long
    static Edited replace(
            String text,
            Pattern pattern,
            String replacement,
            boolean literal,
            Allowance allowance) {
        var matcher = PatientRegex.matcher(pattern, text);
        var out = new Draft(allowance, LENGTH_MAX);
        int from = 0;
        int count = 0;
        while (matcher.find()) {
            out.append(text, from, matcher.start());
            if (literal) {
                out.append(replacement);
            } else {
                fill(text, matcher, replacement, out);
            }
            from = matcher.end();
            count++;
        }
        out.append(text, from, text.length());
        return new Edited(out.toString(), count);
    }
}
