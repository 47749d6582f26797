package dev.sloth.lua.vm;

import dev.sloth.lua.syntax.Block;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.Name;
import dev.sloth.lua.syntax.Stat;
import dev.sloth.lua.value.LuaNil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From statements to steps.
final class StatCompiler {
    private final FunctionScope scope;
    private final ExprCompiler exprs;
    private final Weaver weaver;

    StatCompiler(FunctionScope scope, Weaver weaver) {
        this.scope = scope;
        this.weaver = weaver;
        this.exprs = new ExprCompiler(scope);
    }

    Step block(Block block) {
        Map<String, Label> labels = labels(block);
        scope.enter(labels);
        List<Step> steps = new ArrayList<>();
        for (Stat stat : block.stats()) {
            if (stat instanceof Stat.Label label) {
                labels.getOrDefault(label.name().text(), new Label("")).at = steps.size();
            } else {
                // before its parts: it is what begins first in its line
                Optional<Stop> stop = weaver.before(stat);
                steps.add(weaver.statement(stop, step(stat)));
            }
        }
        scope.leave();
        return Blocks.of(steps.toArray(Step[]::new), labels.values().toArray(Label[]::new));
    }

    private static Map<String, Label> labels(Block block) {
        Map<String, Label> labels = new HashMap<>();
        for (Stat stat : block.stats()) {
            if (stat instanceof Stat.Label label) {
                labels.put(label.name().text(), new Label(label.name().text()));
            }
        }
        return labels;
    }

    private Step step(Stat stat) {
        return switch (stat) {
            case Stat.Local local -> local(local);
            case Stat.LocalFunction local -> {
                Resolver.Variable v = declared(local.name());
                Node function = exprs.node(new Expr.Function(local.body(), local.span()));
                yield new Steps.DeclareFunction(v.slot, v.captured, function);
            }
            case Stat.Assign assign -> assign(assign);
            case Stat.CallStat call -> new Steps.CallStep(exprs.node(call.call()));
            case Stat.Do inner -> block(inner.block());
            case Stat.While loop ->
                    new Loops.While(condition(loop.condition()), block(loop.block()), scope.heat());
            case Stat.Repeat loop ->
                    new Loops.Repeat(
                            block(loop.block()), condition(loop.condition()), scope.heat());
            case Stat.If choice -> choice(choice);
            case Stat.NumericFor loop -> numeric(loop);
            case Stat.GenericFor loop -> generic(loop);
            case Stat.Return end -> end(end);
            case Stat.Break _ -> new Steps.Break();
            case Stat.Goto jump -> new Steps.Goto(scope.label(jump.label().text()));
            case Stat.Label _ -> throw new IllegalStateException("labels are of their block");
        };
    }

    private Node condition(Expr condition) {
        Optional<Stop> stop = weaver.before(condition);
        return weaver.condition(stop, exprs.node(condition));
    }

    private Resolver.Variable declared(Name name) {
        return scope.script.resolver.declared(name);
    }

    private Step local(Stat.Local local) {
        if (local.names().size() == 1 && local.values().size() <= 1) {
            Resolver.Variable v = declared(local.names().getFirst());
            Node value =
                    local.values().isEmpty()
                            ? new Constants.Thing(LuaNil.NIL)
                            : exprs.node(local.values().getFirst());
            return new Steps.Declare(v.slot, v.captured, value);
        }
        return new Steps.DeclareMany(
                slots(local.names()), captured(local.names()), exprs.values(local.values()));
    }

    private int[] slots(List<Name> names) {
        return names.stream().mapToInt(n -> declared(n).slot).toArray();
    }

    private boolean[] captured(List<Name> names) {
        var captured = new boolean[names.size()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = declared(names.get(i)).captured;
        }
        return captured;
    }

    private Step assign(Stat.Assign assign) {
        int taken = scope.taken();
        Step step =
                assign.targets().size() == 1 && assign.values().size() == 1
                        ? new Steps.Assign(
                                exprs.target(assign.targets().getFirst()),
                                exprs.node(assign.values().getFirst()))
                        : many(assign);
        scope.release(taken);
        return step;
    }

    private Step many(Stat.Assign assign) {
        Targets.Target[] targets =
                assign.targets().stream().map(exprs::target).toArray(Targets.Target[]::new);
        Values values = exprs.values(assign.values(), true);
        return new Steps.AssignMany(targets, values, scope.need(scope.place()));
    }

    private Step choice(Stat.If choice) {
        Step otherwise =
                choice.otherwise().map(this::block).orElse(Blocks.of(new Step[0], new Label[0]));
        int n = choice.branches().size();
        var conditions = new Node[n];
        var blocks = new Step[n];
        for (int i = 0; i < n; i++) {
            Expr condition = choice.branches().get(i).condition();
            // the first one is where the statement itself stops
            conditions[i] = i == 0 ? exprs.node(condition) : condition(condition);
            blocks[i] = block(choice.branches().get(i).block());
        }
        return n == 1
                ? new Steps.Choice(conditions[0], blocks[0], otherwise)
                : new Steps.If(conditions, blocks, otherwise);
    }

    private Step numeric(Stat.NumericFor loop) {
        Resolver.Variable v = declared(loop.variable());
        var bounds = new Operands(scope);
        bounds.add(exprs.node(loop.from()));
        bounds.add(exprs.node(loop.to()));
        bounds.add(loop.step().map(exprs::node).orElse(new Constants.Num(1)));
        List<Node> each = bounds.done(false);
        return new Loops.Numeric(
                v.slot,
                v.captured,
                each.get(0),
                each.get(1),
                each.get(2),
                turn(loop, loop.block()),
                scope.site(loop.span().line()),
                scope.heat());
    }

    private Step turn(Stat loop, Block block) {
        Optional<Stop> stop = weaver.before(loop, block);
        return weaver.statement(stop, block(block));
    }

    private Step generic(Stat.GenericFor loop) {
        Values values = exprs.values(loop.values());
        int site = scope.site(loop.span().line(), "(for generator)", "local");
        int taken = scope.taken();
        int place = scope.place();
        scope.need(scope.place());
        var made =
                new Loops.Generic(
                        slots(loop.names()),
                        captured(loop.names()),
                        values,
                        place,
                        turn(loop, loop.block()),
                        site,
                        scope.heat());
        scope.release(taken);
        return made;
    }

    private Step end(Stat.Return end) {
        if (end.values().size() != 1) {
            return new Steps.Return(exprs.values(end.values()));
        }
        Node value = exprs.node(end.values().getFirst());
        return value instanceof CallNodes.Call call
                ? new Steps.TailCall(call)
                : new Steps.ReturnOne(value);
    }
}
