package dev.sloth.dsl.lint;

import dev.sloth.lua.lint.Check;
import dev.sloth.lua.lint.Finding;
import dev.sloth.lua.lint.Rule;
import dev.sloth.lua.lint.Severity;
import dev.sloth.lua.lint.Subject;
import dev.sloth.lua.lint.Variable;
import dev.sloth.lua.syntax.Expr;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Local variables and functions that hide a module which the script uses elsewhere. Parameters are
/// called as their callers wish.
final class HiddenModules implements Check {
    static final Rule RULE =
            new Rule(
                    "shadowed-module",
                    Severity.WARNING,
                    "A local variable has the name of a module that the script uses elsewhere."
                            + " `local log = log` and `local http = require(\"http\")` are taken for"
                            + " meant.");

    private final Offered offered;

    HiddenModules(Offered offered) {
        this.offered = offered;
    }

    @Override
    public List<Rule> rules() {
        return List.of(RULE);
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        Set<String> used =
                subject.names().globals().stream()
                        .map(use -> use.name().text())
                        .collect(Collectors.toSet());
        for (Variable variable : subject.names().variables()) {
            if (used.contains(variable.name().text()) && hides(variable)) {
                found.accept(
                        RULE.at(
                                variable.name().span(),
                                "'%s' hides the module of this name, which is used elsewhere"
                                        .formatted(variable.name().text()),
                                "Give it another name."));
            }
        }
    }

    private boolean hides(Variable variable) {
        return switch (variable.kind()) {
            case LOCAL, FUNCTION ->
                    offered.isModule(variable.name().text())
                            && !variable.isRenewed()
                            && variable.declared().filter(HiddenModules::isRequired).isEmpty();
            case PARAMETER, COUNTER, ELEMENT, SELF -> false;
        };
    }

    private static boolean isRequired(Expr value) {
        return value instanceof Expr.Call(Expr.Variable(var name), _, _)
                && name.text().equals("require");
    }
}
