package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Block;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.syntax.TreeWalk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Statements that are never reached. Blocks stand in each other no deeper than the parser allows,
/// so that they are looked at by recursion; expressions are not gone into.
final class DeadCode implements Check {
    static final Rule RULE =
            new Rule(
                    "unreachable-code",
                    Severity.WARNING,
                    "A statement stands behind one that never goes on: a return in all branches,"
                            + " `error`, `os.exit`, a loop without end.");

    @Override
    public List<Rule> rules() {
        return List.of(RULE);
    }

    @Override
    public void look(Subject subject, Consumer<Finding> found) {
        TreeWalk.over(
                subject.chunk(),
                new TreeWalk.Visitor() {
                    @Override
                    public void block(Block block) {
                        dead(subject, block).ifPresent(found);
                    }
                });
    }

    private static Optional<Finding> dead(Subject subject, Block block) {
        List<Stat> stats = block.stats();
        for (int i = 0; i + 1 < stats.size(); i++) {
            Stat next = stats.get(i + 1);
            if (ends(subject, stats.get(i)) && !(next instanceof Stat.Label)) {
                int line = stats.get(i).span().line();
                return Optional.of(
                        RULE.at(
                                next.span(),
                                "this is never reached: the statement of line "
                                        + line
                                        + " does not go on",
                                "Remove it, or see to that statement."));
            }
        }
        return Optional.empty();
    }

    private static boolean ends(Subject subject, Block block) {
        return !block.stats().isEmpty() && ends(subject, block.stats().getLast());
    }

    /// Whether what stands behind a statement is never reached from it.
    private static boolean ends(Subject subject, Stat stat) {
        return switch (stat) {
            case Stat.Return _, Stat.Break _, Stat.Goto _ -> true;
            case Stat.Do s -> ends(subject, s.block());
            case Stat.If s ->
                    s.otherwise().filter(block -> ends(subject, block)).isPresent()
                            && s.branches().stream().allMatch(b -> ends(subject, b.block()));
            case Stat.While s -> isTrue(s.condition()) && !isLeft(s.block());
            case Stat.Repeat s ->
                    (isFalse(s.condition()) || ends(subject, s.block())) && !isLeft(s.block());
            case Stat.CallStat s -> s.call() instanceof Expr.Call call && stops(subject, call);
            case Stat.Local _,
                    Stat.LocalFunction _,
                    Stat.Assign _,
                    Stat.NumericFor _,
                    Stat.GenericFor _,
                    Stat.Label _ ->
                    false;
        };
    }

    private static boolean stops(Subject subject, Expr.Call call) {
        return subject.names().isGlobal(call.callee(), "error")
                || (call.callee() instanceof Expr.Index index
                        && index.key() instanceof Expr.Str key
                        && new String(key.bytes(), StandardCharsets.UTF_8).equals("exit")
                        && subject.names().isGlobal(index.object(), "os"));
    }

    private static boolean isTrue(Expr condition) {
        return (condition instanceof Expr.Bool(boolean value, _) && value)
                || condition instanceof Expr.Num
                || condition instanceof Expr.Str;
    }

    private static boolean isFalse(Expr condition) {
        return (condition instanceof Expr.Bool(boolean value, _) && !value)
                || condition instanceof Expr.Nil;
    }

    /// Whether a loop may be left by something in its block; where a `goto` leads is not looked
    /// into.
    private static boolean isLeft(Block block) {
        return isLeft(block, true);
    }

    /// @param own whether a `break` here is one of the loop that is asked about
    private static boolean isLeft(Block block, boolean own) {
        return block.stats().stream().anyMatch(stat -> leaves(stat, own));
    }

    private static boolean leaves(Stat stat, boolean own) {
        return switch (stat) {
            case Stat.Break _ -> own;
            case Stat.Goto _ -> true;
            case Stat.Do s -> isLeft(s.block(), own);
            case Stat.If s ->
                    s.otherwise().filter(block -> isLeft(block, own)).isPresent()
                            || s.branches().stream().anyMatch(b -> isLeft(b.block(), own));
            case Stat.While s -> isLeft(s.block(), false);
            case Stat.Repeat s -> isLeft(s.block(), false);
            case Stat.NumericFor s -> isLeft(s.block(), false);
            case Stat.GenericFor s -> isLeft(s.block(), false);
            case Stat.Local _,
                    Stat.LocalFunction _,
                    Stat.Assign _,
                    Stat.CallStat _,
                    Stat.Return _,
                    Stat.Label _ ->
                    false;
        };
    }
}
