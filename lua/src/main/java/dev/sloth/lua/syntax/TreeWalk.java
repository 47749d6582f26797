package dev.sloth.lua.syntax;

import java.util.ArrayDeque;
import java.util.Deque;

/// Shows all parts of a tree to somebody, each before its own parts and otherwise in no order.
/// Walks without recursion: trees may be deep.
public final class TreeWalk {
    private final Deque<Block> blocks = new ArrayDeque<>();
    private final Deque<Expr> expressions = new ArrayDeque<>();
    private final Visitor visitor;

    private TreeWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    /// Who looks at trees.
    public interface Visitor {
        /// Every block; the statements follow.
        default void block(Block block) {}

        default void stat(Stat stat) {}

        default void expr(Expr expr) {}

        /// Every function but the script itself; the block follows.
        default void body(FunctionBody body) {}
    }

    /// Shows a script.
    public static void over(Chunk chunk, Visitor visitor) {
        TreeWalk walk = new TreeWalk(visitor);
        walk.blocks.add(chunk.main().block());
        walk.walk();
    }

    private void walk() {
        while (true) {
            if (!expressions.isEmpty()) {
                expression(expressions.pop());
            } else if (!blocks.isEmpty()) {
                Block block = blocks.pop();
                visitor.block(block);
                block.stats().forEach(this::statement);
            } else {
                return;
            }
        }
    }

    private void statement(Stat stat) {
        visitor.stat(stat);
        switch (stat) {
            case Stat.Local s -> s.values().forEach(expressions::push);
            case Stat.LocalFunction s -> function(s.body());
            case Stat.Assign s -> {
                s.targets().forEach(expressions::push);
                s.values().forEach(expressions::push);
            }
            case Stat.CallStat s -> expressions.push(s.call());
            case Stat.Do s -> blocks.push(s.block());
            case Stat.While s -> {
                expressions.push(s.condition());
                blocks.push(s.block());
            }
            case Stat.Repeat s -> {
                expressions.push(s.condition());
                blocks.push(s.block());
            }
            case Stat.If s -> {
                s.branches().forEach(this::branch);
                s.otherwise().ifPresent(blocks::push);
            }
            case Stat.NumericFor s -> {
                expressions.push(s.from());
                expressions.push(s.to());
                s.step().ifPresent(expressions::push);
                blocks.push(s.block());
            }
            case Stat.GenericFor s -> {
                s.values().forEach(expressions::push);
                blocks.push(s.block());
            }
            case Stat.Return s -> s.values().forEach(expressions::push);
            case Stat.Break _, Stat.Goto _, Stat.Label _ -> {}
        }
    }

    private void function(FunctionBody body) {
        visitor.body(body);
        blocks.push(body.block());
    }

    private void branch(Stat.Branch branch) {
        expressions.push(branch.condition());
        blocks.push(branch.block());
    }

    private void expression(Expr expr) {
        visitor.expr(expr);
        switch (expr) {
            case Expr.Function e -> function(e.body());
            case Expr.Index e -> {
                expressions.push(e.object());
                expressions.push(e.key());
            }
            case Expr.Call e -> {
                expressions.push(e.callee());
                e.arguments().forEach(expressions::push);
            }
            case Expr.MethodCall e -> {
                expressions.push(e.object());
                e.arguments().forEach(expressions::push);
            }
            case Expr.Binary e -> {
                expressions.push(e.left());
                expressions.push(e.right());
            }
            case Expr.Unary e -> expressions.push(e.operand());
            case Expr.And e -> {
                expressions.push(e.left());
                expressions.push(e.right());
            }
            case Expr.Or e -> {
                expressions.push(e.left());
                expressions.push(e.right());
            }
            case Expr.Parenthesized e -> expressions.push(e.inner());
            case Expr.Table e -> e.fields().forEach(this::field);
            case Expr.Nil _,
                    Expr.Bool _,
                    Expr.Num _,
                    Expr.Str _,
                    Expr.Varargs _,
                    Expr.Variable _ -> {}
        }
    }

    private void field(Expr.Field field) {
        switch (field) {
            case Expr.Field.Item(var value) -> expressions.push(value);
            case Expr.Field.Named(_, var value) -> expressions.push(value);
            case Expr.Field.Keyed(var key, var value) -> {
                expressions.push(key);
                expressions.push(value);
            }
        }
    }
}
