package dev.sloth.lua.vm;

import dev.sloth.lua.syntax.Block;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Stat;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Puts stops between the nodes of a script that is compiled to be watched, and leaves all others
/// as they are.
final class Weaver {
    private final FunctionScope scope;
    private final Optional<Woven.Function> function;
    private final Set<Integer> lines = new HashSet<>();

    Weaver(FunctionScope scope) {
        this.scope = scope;
        this.function =
                scope.script.observer.map(o -> new Woven.Function(o, scope.need(scope.place())));
    }

    /// What only holds other statements has no stop of its own, and a loop with a condition stops
    /// there.
    Step statement(Stat stat, Step step) {
        return switch (stat) {
            case Stat.Do _, Stat.While _, Stat.Repeat _, Stat.Label _ -> step;
            case Stat.Local _,
                    Stat.LocalFunction _,
                    Stat.Assign _,
                    Stat.CallStat _,
                    Stat.If _,
                    Stat.NumericFor _,
                    Stat.GenericFor _,
                    Stat.Return _,
                    Stat.Break _,
                    Stat.Goto _ ->
                    function.<Step>map(f ->
                                    new Woven.Statement(stop(f, stat, stat.span().line()), step))
                            .orElse(step);
        };
    }

    Node condition(Expr condition, Node node) {
        return function.<Node>map(
                        f -> new Woven.Condition(stop(f, condition, condition.span().line()), node))
                .orElse(node);
    }

    /// The block of a `for`, each turn of which begins with a stop at its first line: one that has
    /// no statement could not be stopped at all.
    Step turn(Stat loop, Block block, Step step) {
        return function.<Step>map(
                        f -> new Woven.Statement(stop(f, block, loop.span().line()), step))
                .orElse(step);
    }

    /// The whole of a function, when all of it is compiled.
    Step body(Step step) {
        return function.<Step>map(
                        f -> {
                            f.captured = scope.capturedNames();
                            return new Woven.Body(f, step);
                        })
                .orElse(step);
    }

    private Stop stop(Woven.Function f, Object place, int line) {
        scope.script.lines.add(line);
        return new Stop(
                f,
                scope.script.resolver.inSight(place),
                scope.site(line),
                scope.script.name,
                line,
                lines.add(line));
    }
}
