package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Name;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Labels that no `goto` names.
final class Labels implements Check {
    static final Rule RULE =
            new Rule("unused-label", Severity.WARNING, "No `goto` leads to a label.");

    @Override
    public List<Rule> rules() {
        return List.of(RULE);
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        List<Name> labels = new ArrayList<>();
        Set<String> wanted = new HashSet<>();
        TreeWalk.over(
                subject.chunk(),
                new TreeWalk.Visitor() {
                    @Override
                    public void stat(Stat stat) {
                        if (stat instanceof Stat.Label label) {
                            labels.add(label.name());
                        } else if (stat instanceof Stat.Goto jump) {
                            wanted.add(jump.label().text());
                        }
                    }
                });
        for (Name label : labels) {
            if (!wanted.contains(label.text())) {
                found.accept(
                        RULE.at(
                                label.span(),
                                "nothing goes to the label '" + label.text() + "'",
                                "Remove it."));
            }
        }
    }
}
