package dev.sloth.lua.lint;

import java.util.List;
import java.util.function.Consumer;

/// Variables that hide others of the same name.
final class HiddenNames implements Check {
    static final Rule RULE =
            new Rule(
                    "shadowed-local",
                    Severity.WARNING,
                    "A variable has the name of another one around it, which cannot be reached from"
                            + " there on. `local x = x or 1` is taken for meant.");

    @Override
    public List<Rule> rules() {
        return List.of(RULE);
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        for (Variable variable : subject.names().variables()) {
            variable.hidden()
                    .filter(hidden -> !isMeant(variable))
                    .ifPresent(hidden -> found.accept(finding(variable, hidden)));
        }
    }

    private static boolean isMeant(Variable variable) {
        return variable.isUnnamed()
                || variable.kind() == Variable.Kind.SELF
                || variable.isRenewed();
    }

    private static Finding finding(Variable variable, Variable hidden) {
        String name = variable.name().text();
        return RULE.at(
                variable.name().span(),
                "'%s' hides the '%s' of line %d".formatted(name, name, hidden.name().span().line()),
                "Give one of them another name.");
    }
}
