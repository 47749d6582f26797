package dev.sloth.lua.vm;

import dev.sloth.lua.syntax.Block;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Stat;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

    /// Where a statement stops. What only holds other statements has no stop of its own, and a loop
    /// with a condition stops there. Of the stops in a line the one that is made first leads: ask
    /// for that of a statement before the statements in it are compiled.
    Optional<Stop> before(Stat stat) {
        return switch (stat) {
            case Stat.Do _, Stat.While _, Stat.Repeat _, Stat.Label _ -> Optional.empty();
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
                    stop(stat, stat.span().line());
        };
    }

    Optional<Stop> before(Expr condition) {
        return stop(condition, condition.span().line());
    }

    /// Where the turns of a `for` stop: each begins at the first line of the loop, or one that has
    /// no statement could not be stopped at all.
    Optional<Stop> before(Stat loop, Block turn) {
        return stop(turn, loop.span().line(), _ -> Stop.Rank.TURN);
    }

    Step statement(Optional<Stop> stop, Step step) {
        return stop.<Step>map(at -> new Woven.Statement(at, step)).orElse(step);
    }

    Node condition(Optional<Stop> stop, Node node) {
        return stop.<Node>map(at -> new Woven.Condition(at, node)).orElse(node);
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

    private Optional<Stop> stop(Object place, int line) {
        return stop(place, line, isNew -> isNew ? Stop.Rank.LEADING : Stop.Rank.FOLLOWING);
    }

    /// @param rank of the line's first stop, or of another
    private Optional<Stop> stop(Object place, int line, Function<Boolean, Stop.Rank> rank) {
        return function.map(f -> {
            scope.script.lines.add(line);
            return new Stop(
                    f,
                    scope.script.resolver.inSight(place),
                    scope.site(line),
                    scope.script.name,
                    line,
                    rank.apply(lines.add(line)));
        });
    }
}
