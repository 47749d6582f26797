package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What comments allow: `-- lint: allow unused-local` behind code is for its line, alone on a line
/// for the next one. What follows the names is the author's reason.
final class Allowances {
    static final Rule UNKNOWN =
            new Rule(
                    "unknown-rule",
                    Severity.WARNING,
                    "A comment allows something that no rule forbids.");

    private static final Pattern COMMENT =
            Pattern.compile("--(?:\\[=*\\[)?\\s*lint:\\s*allow\\s+([a-z-]+(?:\\s*,\\s*[a-z-]+)*)");
    private static final Pattern NAME = Pattern.compile("[a-z-]+");

    private final Map<Integer, Set<String>> byLine = new HashMap<>();
    private final List<Finding> unknown = new ArrayList<>();

    /// @param rules the names of all rules there are
    Allowances(Chunk chunk, Set<String> rules, Spelling spelling) {
        for (Chunk.Comment comment : chunk.comments()) {
            Span span = comment.span();
            Matcher matcher = COMMENT.matcher(text(chunk, span.from(), span.to()));
            if (matcher.lookingAt()) {
                int line = span.line() + (isAlone(chunk, span) ? 1 : 0);
                NAME.matcher(matcher.group(1))
                        .results()
                        .forEach(name -> allow(name.group(), line, span, rules, spelling));
            }
        }
    }

    private static String text(Chunk chunk, int from, int to) {
        return new String(chunk.text(), from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isAlone(Chunk chunk, Span comment) {
        int start = comment.from() - (comment.column() - 1);
        return text(chunk, start, comment.from()).isBlank();
    }

    private void allow(String rule, int line, Span at, Set<String> rules, Spelling spelling) {
        if (!rules.contains(rule)) {
            unknown.add(
                    UNKNOWN.at(
                            at,
                            "there is no rule '" + rule + "'" + spelling.hint(rule, rules),
                            "Write `-- lint: allow RULE`."));
        }
        byLine.computeIfAbsent(line, _ -> new HashSet<>()).add(rule);
    }

    boolean allows(Finding finding) {
        return byLine.getOrDefault(finding.span().line(), Set.of()).contains(finding.rule().name());
    }

    List<Finding> unknown() {
        return unknown;
    }
}
