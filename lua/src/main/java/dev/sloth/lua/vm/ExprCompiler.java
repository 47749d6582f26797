package dev.sloth.lua.vm;

import dev.sloth.lua.syntax.BinaryOperator;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.FunctionBody;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.Metamethod;
import java.util.List;
import java.util.Optional;

/// From expressions to nodes.
final class ExprCompiler {
    private final FunctionScope scope;

    ExprCompiler(FunctionScope scope) {
        this.scope = scope;
    }

    Node node(Expr expr) {
        return switch (expr) {
            case Expr.Nil _ -> new Constants.Thing(LuaNil.NIL);
            case Expr.Bool bool -> new Constants.Thing(bool.value() ? Boolean.TRUE : Boolean.FALSE);
            case Expr.Num number -> new Constants.Num(number.value());
            case Expr.Str text -> new Constants.Thing(string(LuaString.ofBytes(text.bytes())));
            case Expr.Varargs _ -> new Variables.Varargs();
            case Expr.Function function -> function(function.body());
            case Expr.Variable use -> variable(use);
            case Expr.Index index -> index(index);
            case Expr.Call call -> call(call);
            case Expr.MethodCall call -> method(call);
            case Expr.Binary binary -> binary(binary);
            case Expr.Unary unary -> unary(unary);
            case Expr.And and -> new Logic.And(node(and.left()), node(and.right()));
            case Expr.Or or -> new Logic.Or(node(or.left()), node(or.right()));
            case Expr.Parenthesized inner -> {
                Node value = node(inner.inner());
                yield value.isOpen() ? new Operators.Single(value) : value;
            }
            case Expr.Table table -> table(table);
        };
    }

    private Node function(FunctionBody body) {
        var inner = new FunctionScope(scope.script, body, Optional.of(scope));
        return new Constructors.Function(Compiler.function(inner), scope.site(body.span().line()));
    }

    Values values(List<Expr> exprs) {
        return values(exprs, false);
    }

    /// @param more whether something may run before the values are used
    Values values(List<Expr> exprs, boolean more) {
        var operands = new Operands(scope);
        exprs.forEach(each -> operands.add(node(each)));
        return listed(operands.done(more));
    }

    private static Values listed(List<Node> nodes) {
        return new Values(nodes.toArray(Node[]::new));
    }

    LuaString string(LuaString text) {
        return scope.script.string(text);
    }

    private Node variable(Expr.Variable use) {
        String name = use.name().text();
        Optional<Resolver.Variable> found = scope.script.resolver.used(use);
        if (found.isEmpty()) {
            int site = scope.site(use.span().line());
            return new Variables.Global(name, string(LuaString.of(name)), site);
        }
        Resolver.Variable variable = found.get();
        if (!scope.isOwn(variable)) {
            return new Variables.Upvalue(name, scope.capture(variable), !variable.assigned);
        }
        return variable.captured
                ? new Variables.Captured(name, variable.slot, !variable.assigned)
                : new Variables.Local(name, variable.slot);
    }

    private Node index(Expr.Index index) {
        var operands = new Operands(scope);
        operands.add(node(index.object()));
        operands.add(node(index.key()));
        List<Node> both = operands.done(false);
        Node object = both.getFirst();
        Node key = both.getLast();
        int site = scope.site(index.key().span().line());
        return key instanceof Constants.Thing thing && thing.value instanceof LuaString text
                ? new Indexes.Field(object, text, site)
                : new Indexes.Item(object, key, site);
    }

    CallNodes.Call call(Expr.Call call) {
        var operands = new Operands(scope);
        operands.add(node(call.callee()));
        call.arguments().forEach(each -> operands.add(node(each)));
        List<Node> all = operands.done(false);
        Node callee = all.getFirst();
        Values arguments = listed(all.subList(1, all.size()));
        int line = scope.script.line(call.callee().span().to() - 1);
        return CallNodes.of(callee, arguments, scope.site(line, callee.name(), callee.kind()));
    }

    CallNodes.Call method(Expr.MethodCall call) {
        int taken = scope.taken();
        Node object = kept(node(call.object()));
        int place = scope.place();
        Values arguments = values(call.arguments());
        scope.release(taken);
        int line = call.method().span().line();
        String name = call.method().text();
        var lookup = new Indexes.Field(object, string(LuaString.of(name)), scope.site(line));
        var method = new MethodCalls.Method(lookup, arguments.isBusy() ? scope.need(place) : -1);
        return MethodCalls.of(method, arguments, scope.site(line, name, "method"));
    }

    private Node binary(Expr.Binary binary) {
        int line = binary.operatorSpan().line();
        if (binary.operator() == BinaryOperator.CONCAT) {
            return concat(binary);
        }
        var operands = new Operands(scope);
        operands.add(node(binary.left()));
        operands.add(node(binary.right()));
        List<Node> both = operands.done(false);
        Node left = both.getFirst();
        Node right = both.getLast();
        int site = scope.site(line);
        return switch (binary.operator()) {
            case ADD ->
                    right instanceof Constants.Num c
                            ? new Operators.AddConstant(left, c, Metamethod.ADD, site)
                            : new Operators.Add(left, right, site);
            case SUBTRACT ->
                    right instanceof Constants.Num c
                            ? new Operators.AddConstant(left, c, Metamethod.SUBTRACT, site)
                            : new Operators.Subtract(left, right, site);
            case MULTIPLY -> new Operators.Multiply(left, right, site);
            case DIVIDE -> new Operators.Divide(left, right, site);
            case MODULO -> new Operators.Modulo(left, right, site);
            case POWER -> new Operators.Power(left, right, site);
            case EQUAL -> new Logic.Equal(left, right, true, site);
            case NOT_EQUAL -> new Logic.Equal(left, right, false, site);
            case LESS -> new Logic.Less(left, right, false, site);
            case GREATER -> new Logic.Less(left, right, true, site);
            case LESS_OR_EQUAL -> new Logic.LessOrEqual(left, right, false, site);
            case GREATER_OR_EQUAL -> new Logic.LessOrEqual(left, right, true, site);
            case CONCAT -> throw new IllegalStateException("joined above");
        };
    }

    /// Operands of a chain in their order; it groups from the right.
    private Node concat(Expr.Binary first) {
        var operands = new Operands(scope);
        Expr rest = first;
        while (rest instanceof Expr.Binary chain && chain.operator() == BinaryOperator.CONCAT) {
            operands.add(node(chain.left()));
            rest = chain.right();
        }
        operands.add(node(rest));
        int site = scope.site(first.operatorSpan().line());
        return new Concat(operands.done(true).toArray(Node[]::new), site);
    }

    private Node unary(Expr.Unary unary) {
        Node operand = node(unary.operand());
        return switch (unary.operator()) {
            case NOT -> new Logic.Not(operand);
            case NEGATE ->
                    operand instanceof Constants.Num number
                            ? new Constants.Num(-number.value)
                            : new Operators.Negate(operand, scope.site(unary.span().line()));
            case LENGTH -> new Operators.Length(operand, scope.site(unary.span().line()));
        };
    }

    private Node table(Expr.Table table) {
        int taken = scope.taken();
        int place = scope.place();
        var entries = new Shape.Entry[table.fields().size()];
        boolean busy = false;
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(table.fields().get(i));
            busy |= entries[i].key().isBusy() || entries[i].value().isBusy();
        }
        scope.release(taken);
        return new Constructors.Table(
                entries, busy ? scope.need(place) : -1, scope.site(table.span().line()));
    }

    private Shape.Entry entry(Expr.Field field) {
        return switch (field) {
            case Expr.Field.Item item -> {
                Node value = node(item.value());
                yield new Shape.Entry(value, value, true);
            }
            case Expr.Field.Named named ->
                    new Shape.Entry(
                            new Constants.Thing(string(LuaString.of(named.name().text()))),
                            node(named.value()),
                            false);
            case Expr.Field.Keyed keyed -> {
                var operands = new Operands(scope);
                operands.add(node(keyed.key()));
                operands.add(node(keyed.value()));
                List<Node> both = operands.done(false);
                yield new Shape.Entry(both.getFirst(), both.getLast(), false);
            }
        };
    }

    /// Where an assignment to this expression goes. Takes places for what has to be known before
    /// the value is.
    Targets.Target target(Expr expr) {
        return expr instanceof Expr.Index index ? element(index) : variable(node(expr));
    }

    private Targets.Target element(Expr.Index index) {
        Node object = kept(node(index.object()));
        Node key = kept(node(index.key()));
        int site = scope.site(index.key().span().line());
        return key instanceof Constants.Thing thing && thing.value instanceof LuaString text
                ? new Targets.Field(object, text, site)
                : new Targets.Item(object, key, site);
    }

    /// The node, with a place if what it gives is not seen otherwise.
    private Node kept(Node node) {
        return node.isSafe() ? node : Held.of(node, scope.need(scope.place()));
    }

    private static Targets.Target variable(Node node) {
        return switch (node) {
            case Variables.Local local -> new Targets.Local(local.slot);
            case Variables.Captured captured -> new Targets.Captured(captured.slot);
            case Variables.Upvalue upvalue -> new Targets.Upvalue(upvalue.index);
            case Variables.Global global -> new Targets.Global(global.key, global.site);
            default -> throw new IllegalArgumentException("nothing to assign to: " + node);
        };
    }
}
