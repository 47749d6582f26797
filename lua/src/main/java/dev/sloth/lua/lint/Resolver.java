package dev.sloth.lua.lint;

import dev.sloth.lua.syntax.Block;
import dev.sloth.lua.syntax.Chunk;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.FunctionBody;
import dev.sloth.lua.syntax.Name;
import dev.sloth.lua.syntax.Stat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Goes through a script in the order in which Lua makes names visible. What is still to be done
/// waits in a list rather than on the stack: trees may be deep.
final class Resolver {
    private final List<Variable> variables = new ArrayList<>();
    private final List<GlobalUse> globals = new ArrayList<>();
    private final Map<Integer, Variable> byOffset = new HashMap<>();
    private final Deque<Runnable> todo = new ArrayDeque<>();
    private Scope scope = new Scope(Optional.empty(), 0);
    private int groups;

    /// The names of a block.
    ///
    /// @param functions how many functions are around it
    private record Scope(Optional<Scope> outer, int functions, Map<String, Variable> names) {
        Scope(Optional<Scope> outer, int functions) {
            this(outer, functions, new HashMap<>());
        }

        Optional<Variable> find(String name) {
            for (Optional<Scope> s = Optional.of(this); s.isPresent(); s = s.get().outer()) {
                Variable found = s.get().names().get(name);
                if (found != null) {
                    return Optional.of(found);
                }
            }
            return Optional.empty();
        }
    }

    Resolver(Chunk chunk) {
        todo.push(() -> block(chunk.main().block()));
        while (!todo.isEmpty()) {
            todo.pop().run();
        }
    }

    Names names() {
        return new Names(variables, globals, byOffset);
    }

    private void later(List<Runnable> steps) {
        steps.reversed().forEach(todo::push);
    }

    // ---- scopes

    private void scoped(int functions, List<Runnable> steps) {
        List<Runnable> all = new ArrayList<>();
        Scope outer = scope;
        all.add(() -> scope = new Scope(Optional.of(outer), outer.functions() + functions));
        all.addAll(steps);
        all.add(() -> scope = outer);
        later(all);
    }

    private void block(Block block) {
        scoped(0, statements(block));
    }

    private List<Runnable> statements(Block block) {
        return block.stats().stream().<Runnable>map(stat -> () -> statement(stat)).toList();
    }

    private List<Runnable> all(List<Expr> exprs) {
        return exprs.stream().<Runnable>map(expr -> () -> expression(expr)).toList();
    }

    private static List<Runnable> steps(List<Runnable> first, Runnable... then) {
        List<Runnable> steps = new ArrayList<>(first);
        steps.addAll(List.of(then));
        return steps;
    }

    private void function(FunctionBody body) {
        boolean method = body.name().indexOf(':') >= 0;
        List<Runnable> steps = new ArrayList<>();
        int group = groups++;
        for (int i = 0; i < body.parameters().size(); i++) {
            Name name = body.parameters().get(i);
            var kind = method && i == 0 ? Variable.Kind.SELF : Variable.Kind.PARAMETER;
            steps.add(() -> declare(name, kind, new Variable.Declaration(Optional.empty(), group)));
        }
        steps.add(() -> block(body.block()));
        scoped(1, steps);
    }

    private void declare(Name name, Variable.Kind kind, Variable.Declaration declaration) {
        Optional<Variable> hidden = scope.outer().flatMap(outer -> outer.find(name.text()));
        Variable variable = new Variable(name, kind, declaration, hidden);
        variables.add(variable);
        scope.names().put(name.text(), variable);
    }

    private void declareAll(List<Name> names, Variable.Kind kind) {
        int group = groups++;
        names.forEach(
                name -> declare(name, kind, new Variable.Declaration(Optional.empty(), group)));
    }

    private void use(Name name, boolean sets) {
        Optional<Variable> variable = scope.find(name.text());
        if (variable.isEmpty()) {
            globals.add(new GlobalUse(name, sets, scope.functions() > 0));
            return;
        }
        byOffset.put(name.span().from(), variable.get());
        if (sets) {
            variable.get().write();
        } else {
            variable.get().read();
        }
    }

    // ---- statements

    private void statement(Stat stat) {
        switch (stat) {
            case Stat.Local s -> later(steps(all(s.values()), () -> locals(s)));
            case Stat.LocalFunction s -> {
                var value = Optional.<Expr>of(new Expr.Function(s.body(), s.body().span()));
                declare(
                        s.name(),
                        Variable.Kind.FUNCTION,
                        new Variable.Declaration(value, groups++));
                function(s.body());
            }
            case Stat.Assign s -> later(steps(all(s.values()), () -> targets(s.targets())));
            case Stat.CallStat s -> expression(s.call());
            case Stat.Do s -> block(s.block());
            case Stat.While s ->
                    later(List.of(() -> expression(s.condition()), () -> block(s.block())));
            case Stat.Repeat s ->
                    scoped(0, steps(statements(s.block()), () -> expression(s.condition())));
            case Stat.If s -> branches(s);
            case Stat.NumericFor s -> numericFor(s);
            case Stat.GenericFor s ->
                    later(
                            steps(
                                    all(s.values()),
                                    () ->
                                            scoped(
                                                    0,
                                                    List.of(
                                                            () ->
                                                                    declareAll(
                                                                            s.names(),
                                                                            Variable.Kind.ELEMENT),
                                                            () -> block(s.block())))));
            case Stat.Return s -> later(all(s.values()));
            case Stat.Break _, Stat.Goto _, Stat.Label _ -> {}
        }
    }

    private void locals(Stat.Local local) {
        int group = groups++;
        for (int i = 0; i < local.names().size(); i++) {
            declare(
                    local.names().get(i),
                    Variable.Kind.LOCAL,
                    new Variable.Declaration(value(local, i), group));
        }
    }

    /// The value that a name gets for itself.
    private static Optional<Expr> value(Stat.Local local, int name) {
        List<Expr> values = local.values();
        boolean last = name == values.size() - 1;
        if (name >= values.size() || (last && name < local.names().size() - 1)) {
            return Optional.empty();
        }
        return Optional.of(values.get(name));
    }

    private void targets(List<Expr> targets) {
        later(targets.stream().<Runnable>map(target -> () -> target(target)).toList());
    }

    private void target(Expr target) {
        if (target instanceof Expr.Variable variable) {
            use(variable.name(), true);
        } else {
            expression(target);
        }
    }

    private void branches(Stat.If stat) {
        List<Runnable> steps = new ArrayList<>();
        for (Stat.Branch branch : stat.branches()) {
            steps.add(() -> expression(branch.condition()));
            steps.add(() -> block(branch.block()));
        }
        stat.otherwise().ifPresent(block -> steps.add(() -> block(block)));
        later(steps);
    }

    private void numericFor(Stat.NumericFor loop) {
        List<Runnable> steps = new ArrayList<>();
        steps.add(() -> expression(loop.from()));
        steps.add(() -> expression(loop.to()));
        loop.step().ifPresent(step -> steps.add(() -> expression(step)));
        steps.add(() ->
                scoped(
                        0,
                        List.of(
                                () -> declareAll(List.of(loop.variable()), Variable.Kind.COUNTER),
                                () -> block(loop.block()))));
        later(steps);
    }

    // ---- expressions

    private void expression(Expr expr) {
        switch (expr) {
            case Expr.Variable e -> use(e.name(), false);
            case Expr.Function e -> function(e.body());
            case Expr.Index e -> later(all(List.of(e.object(), e.key())));
            case Expr.Call e ->
                    later(steps(all(List.of(e.callee())), () -> later(all(e.arguments()))));
            case Expr.MethodCall e ->
                    later(steps(all(List.of(e.object())), () -> later(all(e.arguments()))));
            case Expr.Binary e -> later(all(List.of(e.left(), e.right())));
            case Expr.Unary e -> later(all(List.of(e.operand())));
            case Expr.And e -> later(all(List.of(e.left(), e.right())));
            case Expr.Or e -> later(all(List.of(e.left(), e.right())));
            case Expr.Parenthesized e -> later(all(List.of(e.inner())));
            case Expr.Table e -> later(fields(e));
            case Expr.Nil _, Expr.Bool _, Expr.Num _, Expr.Str _, Expr.Varargs _ -> {}
        }
    }

    private List<Runnable> fields(Expr.Table table) {
        List<Runnable> steps = new ArrayList<>();
        for (Expr.Field field : table.fields()) {
            switch (field) {
                case Expr.Field.Item(var value) -> steps.add(() -> expression(value));
                case Expr.Field.Named(_, var value) -> steps.add(() -> expression(value));
                case Expr.Field.Keyed(var key, var value) -> {
                    steps.add(() -> expression(key));
                    steps.add(() -> expression(value));
                }
            }
        }
        return steps;
    }
}
