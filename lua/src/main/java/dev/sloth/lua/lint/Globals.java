package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Globals that are read but nowhere set, and such that functions make.
final class Globals implements Check {
    static final Rule UNDEFINED =
            new Rule(
                    "undefined-name",
                    Severity.ERROR,
                    "A name is used that neither the script nor anybody else defines.");
    static final Rule MADE =
            new Rule(
                    "global-in-function",
                    Severity.WARNING,
                    "A function sets a global that the script does not set at its top: a `local` was"
                            + " forgotten.");

    private final GivenNames given;
    private final Spelling spelling;

    Globals(GivenNames given, Spelling spelling) {
        this.given = given;
        this.spelling = spelling;
    }

    @Override
    public List<Rule> rules() {
        return List.of(UNDEFINED, MADE);
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        given.to(subject).ifPresent(names -> look(subject, names, found));
    }

    private void look(Subject subject, Set<String> given, Consumer<Finding> found) {
        Set<String> top = new TreeSet<>(given);
        throughTable(subject, top);
        Set<String> anywhere = new TreeSet<>(top);
        for (GlobalUse use : subject.names().globals()) {
            if (use.sets()) {
                anywhere.add(use.name().text());
                if (!use.inFunction()) {
                    top.add(use.name().text());
                }
            }
        }
        Map<String, Variable> locals = new HashMap<>();
        subject.names()
                .variables()
                .forEach(local -> locals.putIfAbsent(local.name().text(), local));
        Set<String> known = new TreeSet<>(anywhere);
        known.addAll(locals.keySet());
        Hints hints = new Hints(known);
        for (GlobalUse use : subject.names().globals()) {
            String name = use.name().text();
            if (!use.sets() && !anywhere.contains(name)) {
                found.accept(undefined(use, locals, hints));
            } else if (use.sets() && use.inFunction() && !top.contains(name)) {
                found.accept(made(use));
            }
        }
    }

    /// What is set as `_G.name`.
    private static void throughTable(Subject subject, Set<String> names) {
        TreeWalk.over(
                subject.chunk(),
                new TreeWalk.Visitor() {
                    @Override
                    public void stat(Stat stat) {
                        if (stat instanceof Stat.Assign assign) {
                            assign.targets().forEach(target -> global(subject, target, names));
                        }
                    }
                });
    }

    private static void global(Subject subject, Expr target, Set<String> names) {
        if (target instanceof Expr.Index index
                && index.key() instanceof Expr.Str key
                && subject.names().isGlobal(index.object(), "_G")) {
            names.add(new String(key.bytes(), StandardCharsets.UTF_8));
        }
    }

    private Finding undefined(GlobalUse use, Map<String, Variable> locals, Hints hints) {
        String name = use.name().text();
        Variable local = locals.get(name);
        if (local != null) {
            return UNDEFINED.at(
                    use.name().span(),
                    "'%s' is not defined here; the local of line %d is not seen from here"
                            .formatted(name, local.name().span().line()),
                    "Declare it further out, or further up.");
        }
        String hint = hints.of(name);
        return UNDEFINED.at(
                use.name().span(),
                "'" + name + "' is not defined" + hint,
                hint.isEmpty() ? "Define it, or see whether it is seen from here." : "");
    }

    /// What undefined names may have been meant to be, for the first of them: each is held against
    /// all names there are.
    private final class Hints {
        private static final int WORDS_MAX = 200;

        private final Set<String> known;
        private final Map<String, String> hints = new HashMap<>();

        Hints(Set<String> known) {
            this.known = known;
        }

        String of(String name) {
            if (!hints.containsKey(name) && hints.size() < WORDS_MAX) {
                hints.put(name, spelling.hint(name, known));
            }
            return hints.getOrDefault(name, "");
        }
    }

    private static Finding made(GlobalUse use) {
        String name = use.name().text();
        return MADE.at(
                use.name().span(),
                "this function sets the global '" + name + "'",
                "Write `local " + name + "`, or set it at the top of the script first.");
    }
}
