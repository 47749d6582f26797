package dev.sloth.plugins.strings;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Draft;
import dev.sloth.plugins.value.ListDraft;
import dev.sloth.plugins.value.PatientRegex;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions whose failures are results.
final class Regex {
    /// Uses a matcher.
    private interface Use {
        List<Value> with(Matcher matcher);
    }

    private Regex() {}

    static Function[] functions() {
        return new Function[] {match(), matchAll(), replace()};
    }

    private static Function.Builder regex(String name) {
        return StringsModule.of(name)
                .param("pattern", Type.STRING, "A regular expression, as Java has them.");
    }

    private static Function match() {
        return regex("match")
                .doc("Looks for the first match of a regular expression.")
                .returnsOrNil("match", Type.TABLE, "The match and its groups, or nil if none.")
                .returnsOrNil("error", Type.STRING, "What is wrong with the pattern, or nil.")
                .example("strings.match(\"v1.2\", \"v(\\\\d+)\") -- {\"v1\", \"1\"}")
                .body(call -> use(call, matcher -> groups(matcher, call)));
    }

    private static List<Value> groups(Matcher matcher, Call call) {
        if (!matcher.find()) {
            return Results.of(Value.Nil.NIL);
        }
        var groups = new ListDraft(call);
        for (int i = 0; i <= matcher.groupCount(); i++) {
            call.take(length(matcher, i));
            var group = matcher.group(i);
            groups.add(Text.of(group == null ? "" : group));
        }
        return Results.of(groups.table());
    }

    private static int length(Matcher matcher, int group) {
        return matcher.end(group) - matcher.start(group);
    }

    private static Function matchAll() {
        return regex("match_all")
                .doc("Finds all matches of a regular expression.")
                .returnsOrNil("matches", Type.TABLE, "A list of the matched texts, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong with the pattern, or nil.")
                .example("strings.match_all(\"a1b22\", \"\\\\d+\") -- {\"1\", \"22\"}")
                .body(call ->
                        use(
                                call,
                                matcher -> {
                                    var all = new ListDraft(call);
                                    while (matcher.find()) {
                                        all.add(Text.of(matcher.group()));
                                    }
                                    return Results.of(all.table());
                                }));
    }

    private static Function replace() {
        return regex("replace_regex")
                .doc("Replaces all matches of a regular expression; $1 stands for a group.")
                .param("replacement", Type.STRING, "What to put there.")
                .returnsOrNil("text", Type.STRING, "The changed text, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong with the pattern, or nil.")
                .example("strings.replace_regex(\"a1\", \"\\\\d\", \"#\") -- a#")
                .body(call ->
                        use(
                                call,
                                matcher ->
                                        Results.text(
                                                replaced(
                                                        matcher, call.text("replacement"), call))));
    }

    private static String replaced(Matcher matcher, String replacement, Call call) {
        var out = new Draft(call);
        var piece = new StringBuilder();
        long references = replacement.chars().filter(c -> c == '$').count();
        long most = 0;
        int from = 0;
        while (matcher.find()) {
            long length = (long) matcher.start() - from + replacement.length();
            if (references > 0) {
                length += references * widest(matcher);
            }
            if (length > most) {
                call.take(length - most);
                most = length;
            }
            matcher.appendReplacement(piece, replacement);
            out.append(piece);
            piece.setLength(0);
            from = matcher.end();
        }
        return out.append(matcher.appendTail(piece)).toString();
    }

    private static int widest(Matcher matcher) {
        int widest = 0;
        for (int i = 0; i <= matcher.groupCount(); i++) {
            widest = Math.max(widest, length(matcher, i));
        }
        return widest;
    }

    /// What `use` gives, or `nil, message` when the pattern is wrong or too costly.
    private static List<Value> use(Call call, Use use) {
        var pattern = call.text("pattern");
        if (pattern.length() > PatientRegex.PATTERN_LENGTH_MAX) {
            return Results.fail(
                    "the pattern is longer than "
                            + PatientRegex.PATTERN_LENGTH_MAX
                            + " characters");
        }
        try {
            return use.with(PatientRegex.matcher(Pattern.compile(pattern), call.text("text")));
        } catch (PatternSyntaxException e) {
            return Results.fail(e.getDescription() + " at position " + (e.getIndex() + 1));
        } catch (PatientRegex.Spent | StackOverflowError _) {
            return Results.fail("the pattern takes too many steps on this text");
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Results.fail(String.valueOf(e.getMessage()));
        }
    }
}
