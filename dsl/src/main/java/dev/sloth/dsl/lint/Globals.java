package dev.sloth.dsl.lint;

import dev.sloth.lua.lint.GivenNames;
import dev.sloth.lua.lint.GlobalUse;
import dev.sloth.lua.lint.Subject;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Parsed;
import dev.sloth.lua.syntax.Parser;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The globals that a script finds: those of Lua and of the modules, those that files set which it
/// imports, and what hooks find besides. Where a file is imported that is not there, or code comes
/// from elsewhere, nobody can tell.
final class Globals implements GivenNames {
    /// How many files are looked into for one script.
    private static final int FILES_MAX = 100;

    /// Functions that run code, or change what is seen, in ways that the text does not show.
    private static final List<String> OBSCURE =
            List.of("dofile", "loadfile", "load", "loadstring", "setfenv");

    /// What the files of hooks find beside the modules.
    private static final Set<String> OF_HOOKS = Set.of("contains");

    private final Offered offered;
    private final Neighbours neighbours;

    Globals(Offered offered, Neighbours neighbours) {
        this.offered = offered;
        this.neighbours = neighbours;
    }

    @Override
    public Optional<Set<String>> to(Subject subject) {
        var search = new Search();
        search.into(subject, neighbours);
        if (search.lost) {
            return Optional.empty();
        }
        search.names.addAll(offered.globals());
        if (isHook(subject)) {
            search.names.addAll(OF_HOOKS);
        }
        return Optional.of(search.names);
    }

    /// Files of hooks define `on_event`, or return a table with `execute`.
    private static boolean isHook(Subject subject) {
        var stats = subject.chunk().main().block().stats();
        boolean returns =
                !stats.isEmpty()
                        && stats.getLast() instanceof Stat.Return(var values, _)
                        && values.size() == 1
                        && values.getFirst() instanceof Expr.Table table
                        && table.fields().stream().anyMatch(Globals::isReaction);
        return returns
                || subject.names().globals().stream()
                        .anyMatch(use -> use.sets() && use.name().text().equals("on_event"));
    }

    private static boolean isReaction(Expr.Field field) {
        return field instanceof Expr.Field.Named(var name, _) && name.text().equals("execute");
    }

    /// What is set by the files that one script imports, and by those that they import.
    private final class Search {
        private final Set<String> names = new HashSet<>();
        private final Set<String> seen = new HashSet<>();
        private boolean lost;

        void into(Subject subject, Neighbours around) {
            TreeWalk.over(
                    subject.chunk(),
                    new TreeWalk.Visitor() {
                        @Override
                        public void expr(Expr expr) {
                            if (expr instanceof Expr.Call call) {
                                look(subject, call, around);
                            } else if (expr instanceof Expr.Variable variable) {
                                lost |= isObscure(subject, variable);
                            }
                        }
                    });
        }

        private static boolean isObscure(Subject subject, Expr.Variable variable) {
            return OBSCURE.contains(variable.name().text())
                    && subject.names().variable(variable).isEmpty();
        }

        private void look(Subject subject, Expr.Call call, Neighbours around) {
            boolean imports = subject.names().isGlobal(call.callee(), "import");
            boolean requires = subject.names().isGlobal(call.callee(), "require");
            if (!imports && !requires) {
                return;
            }
            if (call.arguments().isEmpty()
                    || !(call.arguments().getFirst() instanceof Expr.Str s)) {
                lost = true;
                return;
            }
            var name = Meanings.text(s);
            if (imports) {
                follow(around.find(Neighbours.Way.IMPORT, name));
            } else if (!offered.isModule(name) && !offered.globals().contains(name)) {
                follow(around.find(Neighbours.Way.REQUIRE, name));
            }
        }

        private void follow(Optional<Neighbours.Neighbour> found) {
            if (found.isEmpty() || seen.size() == FILES_MAX) {
                lost = true;
                return;
            }
            var neighbour = found.get();
            if (!seen.add(neighbour.path())) {
                return;
            }
            switch (Parser.parse(neighbour.path(), neighbour.text())) {
                case Parsed.Bad _ -> lost = true;
                case Parsed.Ok(var chunk) -> {
                    var subject = Subject.of(chunk);
                    subject.names().globals().stream()
                            .filter(GlobalUse::sets)
                            .forEach(use -> names.add(use.name().text()));
                    into(subject, neighbour.around());
                }
            }
        }
    }
}
