package dev.sloth.dsl.define;

import dev.sloth.lua.syntax.Block;
import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Span;
import dev.sloth.lua.syntax.Stat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calls and assignments of a text, by name.
final class Mentions {
    /// How far from the line that was noted a call may begin: chains span many lines.
    private static final int LINES_OFF_MAX = 3;

    private final List<Called> calls = new ArrayList<>();
    private final Map<String, Assigned> assigned = new HashMap<>();

    /// A call: the word before its arguments.
    record Called(String text, Span name, List<Expr> arguments) {}

    /// A variable with what it got last.
    record Assigned(Span name, Expr value) {}

    private Mentions() {}

    static Mentions in(Chunk chunk) {
        var mentions = new Mentions();
        mentions.block(chunk.main().block());
        return mentions;
    }

    /// The call by this name nearest to a line.
    Optional<Called> call(int line, String name) {
        Optional<Called> best = Optional.empty();
        int least = LINES_OFF_MAX + 1;
        for (Called call : calls) {
            int off = Math.abs(call.name().line() - line);
            if (off < least && (name.isEmpty() || call.text().equals(name))) {
                least = off;
                best = Optional.of(call);
            }
        }
        return best;
    }

    Optional<Assigned> assigned(String variable) {
        return Optional.ofNullable(assigned.get(variable));
    }

    // ---- the walk

    private void block(Block block) {
        block.stats().forEach(this::stat);
    }

    private void stat(Stat stat) {
        switch (stat) {
            case Stat.Local local -> {
                for (int i = 0; i < Math.min(local.names().size(), local.values().size()); i++) {
                    var name = local.names().get(i);
                    note(name.text(), name.span(), local.values().get(i));
                }
                local.values().forEach(this::expr);
            }
            case Stat.Assign assign -> assign(assign);
            case Stat.LocalFunction function -> block(function.body().block());
            case Stat.CallStat call -> expr(call.call());
            case Stat.Do body -> block(body.block());
            case Stat.While loop -> {
                expr(loop.condition());
                block(loop.block());
            }
            case Stat.Repeat loop -> {
                block(loop.block());
                expr(loop.condition());
            }
            case Stat.If branches -> {
                for (var branch : branches.branches()) {
                    expr(branch.condition());
                    block(branch.block());
                }
                branches.otherwise().ifPresent(this::block);
            }
            case Stat.NumericFor loop -> {
                expr(loop.from());
                expr(loop.to());
                loop.step().ifPresent(this::expr);
                block(loop.block());
            }
            case Stat.GenericFor loop -> {
                loop.values().forEach(this::expr);
                block(loop.block());
            }
            case Stat.Return result -> result.values().forEach(this::expr);
            case Stat.Break _, Stat.Goto _, Stat.Label _ -> {}
        }
    }

    private void assign(Stat.Assign assign) {
        for (int i = 0; i < Math.min(assign.targets().size(), assign.values().size()); i++) {
            if (assign.targets().get(i) instanceof Expr.Variable variable) {
                note(variable.name().text(), variable.span(), assign.values().get(i));
            }
        }
        assign.targets().forEach(this::expr);
        assign.values().forEach(this::expr);
    }

    private void note(String name, Span span, Expr value) {
        assigned.put(name, new Assigned(span, value));
    }

    private void expr(Expr expr) {
        switch (expr) {
            case Expr.Call call -> {
                expr(call.callee());
                calls.add(called(call));
                call.arguments().forEach(this::expr);
            }
            case Expr.MethodCall call -> {
                expr(call.object());
                calls.add(new Called(call.method().text(), call.method().span(), call.arguments()));
                call.arguments().forEach(this::expr);
            }
            case Expr.Index index -> {
                expr(index.object());
                expr(index.key());
            }
            case Expr.Function function -> block(function.body().block());
            case Expr.Binary binary -> {
                expr(binary.left());
                expr(binary.right());
            }
            case Expr.Unary unary -> expr(unary.operand());
            case Expr.And and -> {
                expr(and.left());
                expr(and.right());
            }
            case Expr.Or or -> {
                expr(or.left());
                expr(or.right());
            }
            case Expr.Parenthesized in -> expr(in.inner());
            case Expr.Table table -> table.fields().forEach(this::field);
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
            case Expr.Field.Item item -> expr(item.value());
            case Expr.Field.Named named -> expr(named.value());
            case Expr.Field.Keyed keyed -> {
                expr(keyed.key());
                expr(keyed.value());
            }
        }
    }

    private static Called called(Expr.Call call) {
        return switch (call.callee()) {
            case Expr.Variable variable ->
                    new Called(variable.name().text(), variable.span(), call.arguments());
            case Expr.Index index when index.key() instanceof Expr.Str key ->
                    new Called(
                            new String(key.bytes(), StandardCharsets.UTF_8),
                            index.dotted() ? key.span() : index.span(),
                            call.arguments());
            case Expr.Call inner -> new Called("()", called(inner).name(), call.arguments());
            default -> new Called("()", call.span(), call.arguments());
        };
    }
}
