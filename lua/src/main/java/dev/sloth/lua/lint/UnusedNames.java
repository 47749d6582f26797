package dev.sloth.lua.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Variables that nobody reads. Parameters are not looked at: who calls a function says what it
/// gets.
final class UnusedNames implements Check {
    static final Rule LOCAL =
            new Rule(
                    "unused-local",
                    Severity.WARNING,
                    "A local variable or function is never read. Of several that one call gives, only"
                            + " those behind the last that is read count; nor do names that begin"
                            + " with an underscore.");
    static final Rule ELEMENT =
            new Rule(
                    "unused-loop-name",
                    Severity.WARNING,
                    "A name that a `for ... in` loop declares is never read, nor one behind it.");

    @Override
    public List<Rule> rules() {
        return List.of(LOCAL, ELEMENT);
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        Set<Integer> readBehind = new HashSet<>();
        for (Variable variable : subject.names().variables().reversed()) {
            boolean needed = variable.isRead() || readBehind.contains(variable.group());
            if (variable.isRead()) {
                readBehind.add(variable.group());
            }
            if (!needed && !variable.isUnnamed()) {
                tell(variable, found);
            }
        }
    }

    private static void tell(Variable variable, Consumer<Finding> found) {
        String name = variable.name().text();
        switch (variable.kind()) {
            case LOCAL ->
                    found.accept(
                            LOCAL.at(
                                    variable.name().span(),
                                    "local '" + name + "' is " + how(variable),
                                    "Remove it, or call it '_'."));
            case FUNCTION ->
                    found.accept(
                            LOCAL.at(
                                    variable.name().span(),
                                    "local function '" + name + "' is never used",
                                    "Remove it."));
            case ELEMENT ->
                    found.accept(
                            ELEMENT.at(
                                    variable.name().span(),
                                    "'" + name + "' is " + how(variable) + " in this loop",
                                    "Call it '_', or leave it out if it is the last."));
            case PARAMETER, COUNTER, SELF -> {}
        }
    }

    private static String how(Variable variable) {
        return variable.isWritten() ? "set but never read" : "never used";
    }
}
