package dev.sloth.lua.vm;

import dev.sloth.lua.syntax.BinaryOperator;
import dev.sloth.lua.syntax.Expr;
import dev.sloth.lua.syntax.FunctionBody;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.Metamethod;
import java.util.ArrayList;
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
        return new Values(exprs.stream().map(this::node).toArray(Node[]::new));
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
            return new Variables.Upvalue(name, scope.capture(variable));
        }
        return variable.captured
                ? new Variables.Captured(name, variable.slot)
                : new Variables.Local(name, variable.slot);
    }

    private Node index(Expr.Index index) {
        Node object = node(index.object());
        Node key = node(index.key());
        int site = scope.site(index.key().span().line());
        return key instanceof Constants.Thing thing && thing.value instanceof LuaString text
                ? new Indexes.Field(object, text, site)
                : new Indexes.Item(object, key, site);
    }

    CallNodes.Call call(Expr.Call call) {
        Node callee = node(call.callee());
        Values arguments = values(call.arguments());
        int line = scope.script.line(call.callee().span().to() - 1);
        return CallNodes.of(callee, arguments, scope.site(line, callee.name(), callee.kind()));
    }

    CallNodes.Call method(Expr.MethodCall call) {
        Node object = node(call.object());
        Values arguments = values(call.arguments());
        int line = call.method().span().line();
        String name = call.method().text();
        return MethodCalls.of(
                object,
                string(LuaString.of(name)),
                arguments,
                scope.site(line),
                scope.site(line, name, "method"));
    }

    private Node binary(Expr.Binary binary) {
        int line = binary.operatorSpan().line();
        if (binary.operator() == BinaryOperator.CONCAT) {
            return concat(binary);
        }
        Node left = node(binary.left());
        Node right = node(binary.right());
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
        List<Node> operands = new ArrayList<>();
        Expr rest = first;
        while (rest instanceof Expr.Binary chain && chain.operator() == BinaryOperator.CONCAT) {
            operands.add(node(chain.left()));
            rest = chain.right();
        }
        operands.add(node(rest));
        int site = scope.site(first.operatorSpan().line());
        return new Concat(operands.toArray(Node[]::new), site);
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
        var entries = new Shape.Entry[table.fields().size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(table.fields().get(i));
        }
        return new Constructors.Table(entries, scope.site(table.span().line()));
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
            case Expr.Field.Keyed keyed ->
                    new Shape.Entry(node(keyed.key()), node(keyed.value()), false);
        };
    }

    /// Where an assignment to this expression goes.
    Targets.Target target(Expr expr) {
        return switch (node(expr)) {
            case Variables.Local local -> new Targets.Local(local.slot);
            case Variables.Captured captured -> new Targets.Captured(captured.slot);
            case Variables.Upvalue upvalue -> new Targets.Upvalue(upvalue.index);
            case Variables.Global global -> new Targets.Global(global.key, global.site);
            case Indexes.Field field -> new Targets.Field(field.object, field.key, field.site);
            case Indexes.Item item -> new Targets.Item(item.object, item.key, item.site);
            default -> throw new IllegalArgumentException("nothing to assign to: " + expr);
        };
    }
}
