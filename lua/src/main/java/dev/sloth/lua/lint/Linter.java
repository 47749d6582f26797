package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import dev.sloth.lua.syntax.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The door: looks at texts with a set of checks. Safe for use by many threads at once if the
/// checks are.
public final class Linter {
    private static final Comparator<Finding> ORDER =
            Comparator.<Finding>comparingInt(finding -> finding.span().from())
                    .thenComparing(finding -> finding.rule().name());

    private final List<Check> checks;
    private final List<Rule> rules;
    private final Spelling spelling;

    public Linter(List<Check> checks, Spelling spelling) {
        this.checks = List.copyOf(checks);
        this.spelling = spelling;
        List<Rule> all = new ArrayList<>();
        checks.forEach(check -> all.addAll(check.rules()));
        all.add(Allowances.UNKNOWN);
        this.rules = List.copyOf(all);
    }

    /// All rules that findings may be against.
    public List<Rule> rules() {
        return rules;
    }

    /// Looks at a script, without running it. `name` is what errors call it.
    public Linted lint(String name, byte[] text) {
        return switch (Parser.parse(name, text)) {
            case Parsed.Bad(var errors, _) -> new Linted.Wrong(errors);
            case Parsed.Ok(var chunk) -> new Linted.Read(findings(chunk));
        };
    }

    private List<Finding> findings(Chunk chunk) {
        Subject subject = Subject.of(chunk);
        Set<Finding> all = new LinkedHashSet<>();
        checks.forEach(check -> check.look(subject, all::add));
        Set<String> names = rules.stream().map(Rule::name).collect(Collectors.toSet());
        Allowances allowances = new Allowances(chunk, names, spelling);
        all.addAll(allowances.unknown());
        Set<Place> said = all.stream().map(Place::saidBetter).collect(Collectors.toSet());
        return all.stream()
                .filter(finding -> !allowances.allows(finding))
                .filter(finding -> !said.contains(Place.of(finding)))
                .sorted(ORDER)
                .toList();
    }

    /// Where something was found against a rule.
    private record Place(String rule, Span span) {
        static Place of(Finding finding) {
            return new Place(finding.rule().name(), finding.span());
        }

        static Place saidBetter(Finding finding) {
            return new Place(finding.rule().instead(), finding.span());
        }
    }
}
