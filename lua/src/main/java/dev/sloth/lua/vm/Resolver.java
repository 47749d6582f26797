package dev.sloth.lua.vm;

import dev.sloth.lua.syntax.Block;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.FunctionBody;
import dev.sloth.lua.syntax.Name;
import dev.sloth.lua.syntax.Stat;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds for each name which variable it means, gives each variable a slot, and notes which ones
/// inner functions capture. What it finds not is a global.
final class Resolver {
    /// A function while it is compiled: its slots.
    static final class Owner {
        private int next;
        private int most;

        /// Slots that a frame of it needs.
        int slots() {
            return most;
        }
    }

    /// A local variable.
    static final class Variable {
        final String name;
        final Owner owner;
        final int slot;
        boolean captured;

        /// Whether something is assigned to it after its declaration.
        boolean assigned;

        Variable(String name, Owner owner, int slot) {
            this.name = name;
            this.owner = owner;
            this.slot = slot;
        }
    }

    private final IdentityHashMap<Name, Variable> declared = new IdentityHashMap<>();
    private final IdentityHashMap<Expr.Variable, Variable> used = new IdentityHashMap<>();
    private final IdentityHashMap<FunctionBody, Owner> owners = new IdentityHashMap<>();
    private final List<Variable> visible = new ArrayList<>();

    /// Parts of the expressions being resolved that are still to be looked at.
    private final List<Expr> pending = new ArrayList<>();

    private Owner owner = new Owner();

    /// Whether it is noted what is in sight where.
    private final boolean noting;

    private final IdentityHashMap<Object, List<Variable>> inSight = new IdentityHashMap<>();

    private Resolver(boolean noting) {
        this.noting = noting;
    }

    /// @param noting whether somebody will ask what is in sight
    static Resolver of(FunctionBody main, boolean noting) {
        var resolver = new Resolver(noting);
        resolver.function(main);
        return resolver;
    }

    Variable declared(Name name) {
        return present(declared.get(name));
    }

    Owner owner(FunctionBody body) {
        return present(owners.get(body));
    }

    /// The function's own variables that can be seen where a statement, a condition or the block of
    /// a loop begins, the innermost last.
    List<Variable> inSight(Object place) {
        return present(inSight.get(place));
    }

    Optional<Variable> used(Expr.Variable use) {
        return Optional.ofNullable(used.get(use));
    }

    private static <T> T present(@Nullable T found) {
        if (found == null) {
            throw new IllegalStateException("a name was not resolved");
        }
        return found;
    }

    private void function(FunctionBody body) {
        Owner outer = owner;
        int before = visible.size();
        owner = new Owner();
        owners.put(body, owner);
        body.parameters().forEach(this::declare);
        block(body.block());
        truncate(before);
        owner = outer;
    }

    private void declare(Name name) {
        var variable = new Variable(name.text(), owner, owner.next++);
        owner.most = Math.max(owner.most, owner.next);
        declared.put(name, variable);
        visible.add(variable);
    }

    private void truncate(int size) {
        while (visible.size() > size) {
            visible.removeLast();
        }
    }

    private void block(Block block) {
        scope(() -> block.stats().forEach(this::stat));
    }

    private void scope(Runnable inside) {
        int before = visible.size();
        int next = owner.next;
        inside.run();
        truncate(before);
        owner.next = next;
    }

    @SuppressWarnings("ReferenceEquality") // owners are things
    private void note(Object place) {
        if (noting) {
            inSight.put(place, visible.stream().filter(v -> v.owner == owner).toList());
        }
    }

    private void condition(Expr condition) {
        note(condition);
        expr(condition);
    }

    private void stat(Stat stat) {
        note(stat);
        switch (stat) {
            case Stat.Local local -> {
                local.values().forEach(this::expr);
                local.names().forEach(this::declare);
            }
            case Stat.LocalFunction local -> {
                declare(local.name());
                function(local.body());
            }
            case Stat.Assign assign -> {
                assign.targets().forEach(this::target);
                assign.values().forEach(this::expr);
            }
            case Stat.CallStat call -> expr(call.call());
            case Stat.Do inner -> block(inner.block());
            case Stat.While loop -> {
                condition(loop.condition());
                block(loop.block());
            }
            case Stat.Repeat loop ->
                    scope(() -> {
                        loop.block().stats().forEach(this::stat);
                        condition(loop.condition());
                    });
            case Stat.If choice -> {
                for (Stat.Branch branch : choice.branches()) {
                    condition(branch.condition());
                    block(branch.block());
                }
                choice.otherwise().ifPresent(this::block);
            }
            case Stat.NumericFor loop -> {
                expr(loop.from());
                expr(loop.to());
                loop.step().ifPresent(this::expr);
                loop(List.of(loop.variable()), loop.block());
            }
            case Stat.GenericFor loop -> {
                loop.values().forEach(this::expr);
                loop(loop.names(), loop.block());
            }
            case Stat.Return end -> end.values().forEach(this::expr);
            case Stat.Break _, Stat.Goto _, Stat.Label _ -> {}
        }
    }

    private void target(Expr target) {
        expr(target);
        if (target instanceof Expr.Variable use) {
            used(use).ifPresent(variable -> variable.assigned = true);
        }
    }

    private void loop(List<Name> names, Block body) {
        scope(() -> {
            names.forEach(this::declare);
            note(body);
            block(body);
        });
    }

    /// Without recursion but for functions: a chain such as `a..b..c` may be thousands long. The
    /// order in which the parts of an expression are resolved makes no difference.
    private void expr(Expr whole) {
        int before = pending.size();
        pending.add(whole);
        while (pending.size() > before) {
            part(pending.removeLast());
        }
    }

    private void part(Expr expr) {
        switch (expr) {
            case Expr.Variable use -> use(use);
            case Expr.Function function -> function(function.body());
            case Expr.Index index -> later(index.object(), index.key());
            case Expr.Call call -> {
                pending.add(call.callee());
                pending.addAll(call.arguments());
            }
            case Expr.MethodCall call -> {
                pending.add(call.object());
                pending.addAll(call.arguments());
            }
            case Expr.Binary binary -> later(binary.left(), binary.right());
            case Expr.Unary unary -> pending.add(unary.operand());
            case Expr.And and -> later(and.left(), and.right());
            case Expr.Or or -> later(or.left(), or.right());
            case Expr.Parenthesized inner -> pending.add(inner.inner());
            case Expr.Table table -> table.fields().forEach(this::field);
            case Expr.Nil _, Expr.Bool _, Expr.Num _, Expr.Str _, Expr.Varargs _ -> {}
        }
    }

    private void later(Expr first, Expr second) {
        pending.add(first);
        pending.add(second);
    }

    private void field(Expr.Field field) {
        switch (field) {
            case Expr.Field.Item item -> pending.add(item.value());
            case Expr.Field.Named named -> pending.add(named.value());
            case Expr.Field.Keyed keyed -> later(keyed.key(), keyed.value());
        }
    }

    @SuppressWarnings("ReferenceEquality") // owners are things
    private void use(Expr.Variable use) {
        String name = use.name().text();
        for (int i = visible.size() - 1; i >= 0; i--) {
            Variable variable = visible.get(i);
            if (variable.name.equals(name)) {
                variable.captured |= variable.owner != owner;
                used.put(use, variable);
                return;
            }
        }
    }
}
