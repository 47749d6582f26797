package dev.sloth.lua.hot;

import dev.sloth.lua.value.TableItems;
import dev.sloth.lua.vm.Node;
import dev.sloth.lua.vm.Operation;
import dev.sloth.lua.vm.Proto;
import dev.sloth.lua.vm.Shape;
import java.lang.classfile.CodeBuilder;
import java.util.List;

/// Writes the evaluation of expressions.
final class Expressions {
    private final Unit unit;
    private final CodeBuilder code;
    private final Calls calls;
    private final Conditions conditions;

    Expressions(Unit unit) {
        this.unit = unit;
        this.code = unit.code;
        this.calls = new Calls(unit, this);
        this.conditions = new Conditions(unit, this);
    }

    Calls calls() {
        return calls;
    }

    Conditions conditions() {
        return conditions;
    }

    /// Evaluates to one value.
    Operand value(Node node) {
        return switch (node.shape()) {
            case Shape.Numeral(double value) -> new Operand.Numeral(value);
            case Shape.Thing(var value) -> new Operand.Thing(value);
            case Shape.Local(int slot) -> unit.variable(slot);
            case Shape.Captured(int slot) -> {
                code.aload(unit.o(slot)).checkcast(Names.CELL);
                yield contents();
            }
            case Shape.Upvalue(int index) -> {
                upvalue(index);
                yield contents();
            }
            case Shape.Global _, Shape.Varargs _ -> asked(node);
            case Shape.Unary(var operand, var does) -> unary(operand, does);
            case Shape.Binary(var left, var right, var does) -> {
                var a = value(left);
                yield binary(a, value(right), does);
            }
            case Shape.Arithmetic a -> arithmetic(a);
            case Shape.Negation(var operand, var does) -> negation(operand, does);
            case Shape.Comparison _, Shape.Not _ -> truth(node);
            case Shape.And(var left, var right) -> either(left, right, false);
            case Shape.Or(var left, var right) -> either(left, right, true);
            case Shape.Single(var inner) -> value(inner);
            case Shape.Held(var operand, int place) -> {
                var value = value(operand);
                unit.note(place, value);
                yield value;
            }
            case Shape.Call _, Shape.Method _ -> {
                calls.raw(node);
                yield first();
            }
            case Shape.Join(var operands, var does) -> join(operands, does);
            case Shape.Table(var entries) -> table(node, entries);
            case Shape.Function(var proto) -> function(node, proto);
        };
    }

    /// Evaluates to as many values as there are: leaves the number half on the operand stack and
    /// the object half in the state.
    void open(Node node) {
        switch (node.shape()) {
            case Shape.Call _, Shape.Method _ -> calls.raw(node);
            case Shape.Varargs _ -> {
                unit.pool.load(code, node, Names.NODE);
                code.aload(unit.frame)
                        .invokevirtual(Names.NODE, "multi", Names.type(Names.DOUBLE, Names.FRAME));
            }
            default -> give(value(node));
        }
    }

    /// Leaves a value's number half on the operand stack and its object half in the state.
    void give(Operand value) {
        unit.pushNumber(value);
        switch (value) {
            case Operand.Numeral _, Operand.Plain _ -> {}
            case Operand.Thing _ -> out(value);
            case Operand.Pair(int d, _) -> unit.ifObject(d, () -> out(value));
        }
    }

    private void out(Operand value) {
        code.aload(unit.state);
        unit.pushObject(value);
        code.putfield(Names.STATE, "out", Names.OBJECT);
    }

    void upvalue(int index) {
        code.aload(unit.frame).getfield(Names.FRAME, "closure", Names.CLOSURE);
        code.getfield(Names.CLOSURE, "cells", Names.CELL.arrayType()).loadConstant(index).aaload();
    }

    /// What is in the cell on the operand stack.
    private Operand contents() {
        var result = unit.freshPair();
        code.dup().getfield(Names.CELL, "d", Names.DOUBLE).dstore(result.d());
        code.getfield(Names.CELL, "o", Names.OBJECT).astore(result.o());
        return result;
    }

    /// Takes a result off the operand stack.
    private Operand taken() {
        var result = unit.freshPair();
        unit.take(result);
        return result;
    }

    /// Takes the first of the results off the operand stack.
    Operand first() {
        var result = unit.freshPair();
        code.dstore(result.d());
        unit.ifObject(
                result.d(),
                () -> {
                    code.aload(unit.state).dload(result.d());
                    code.invokevirtual(
                            Names.STATE, "first", Names.type(Names.DOUBLE, Names.DOUBLE));
                    code.dstore(result.d());
                    unit.out();
                    code.astore(result.o());
                });
        return result;
    }

    private Operand asked(Node node) {
        unit.pool.load(code, node, Names.NODE);
        code.aload(unit.frame);
        code.invokevirtual(Names.NODE, "exec", Names.type(Names.DOUBLE, Names.FRAME));
        return taken();
    }

    private Operand unary(Node operand, Operation.One does) {
        var a = value(operand);
        return one(a, does);
    }

    Operand one(Operand a, Operation.One does) {
        unit.pool.load(code, does, Names.ONE);
        code.aload(unit.frame);
        unit.push(a);
        code.invokeinterface(Names.ONE, "of", Names.withPairs(Names.DOUBLE, 1, Names.FRAME));
        return taken();
    }

    private void two(Operand a, Operand b, Operation.Two does) {
        unit.pool.load(code, does, Names.TWO);
        code.aload(unit.frame);
        unit.push(a);
        unit.push(b);
        code.invokeinterface(Names.TWO, "of", Names.withPairs(Names.DOUBLE, 2, Names.FRAME));
    }

    private Operand binary(Operand a, Operand b, Operation.Two does) {
        two(a, b, does);
        return taken();
    }

    private Operand arithmetic(Shape.Arithmetic a) {
        var left = value(a.left());
        var right = value(a.right());
        if (left.isNumber() && right.isNumber()) {
            int result = unit.freshNumber();
            compute(a.sign(), left, right);
            code.dstore(result);
            return new Operand.Plain(result);
        }
        if (left instanceof Operand.Thing || right instanceof Operand.Thing) {
            return binary(left, right, a.does());
        }
        var result = unit.freshPair();
        var slow = code.newLabel();
        var done = code.newLabel();
        if (a.sign() == '^') {
            unlessNumber(left, slow);
            unlessNumber(right, slow);
        }
        compute(a.sign(), left, right);
        code.dstore(result.d());
        unit.jumpIfNotNaN(result.d(), done);
        code.labelBinding(slow);
        two(left, right, a.does());
        unit.take(result);
        code.labelBinding(done);
        return result;
    }

    private void unlessNumber(Operand operand, java.lang.classfile.Label otherwise) {
        if (!operand.isNumber()) {
            unit.pushNumber(operand);
            unit.pushNumber(operand);
            code.dcmpl().ifne(otherwise);
        }
    }

    private void compute(char sign, Operand left, Operand right) {
        unit.pushNumber(left);
        unit.pushNumber(right);
        switch (sign) {
            case '+' -> code.dadd();
            case '-' -> code.dsub();
            case '*' -> code.dmul();
            case '/' -> code.ddiv();
            case '%' -> ofTwo("modulo");
            case '^' -> ofTwo("power");
            default -> throw new IllegalStateException("no such arithmetic: " + sign);
        }
    }

    private void ofTwo(String name) {
        code.invokestatic(
                Names.ARITHMETIC, name, Names.type(Names.DOUBLE, Names.DOUBLE, Names.DOUBLE));
    }

    private Operand negation(Node operand, Operation.One does) {
        var a = value(operand);
        if (a.isNumber()) {
            int result = unit.freshNumber();
            unit.pushNumber(a);
            code.dneg().dstore(result);
            return new Operand.Plain(result);
        }
        var result = unit.freshPair();
        var done = code.newLabel();
        unit.pushNumber(a);
        code.dneg().dstore(result.d());
        unit.jumpIfNotNaN(result.d(), done);
        unit.pool.load(code, does, Names.ONE);
        code.aload(unit.frame);
        unit.push(a);
        code.invokeinterface(Names.ONE, "of", Names.withPairs(Names.DOUBLE, 1, Names.FRAME));
        unit.take(result);
        code.labelBinding(done);
        return result;
    }

    private Operand truth(Node question) {
        var result = unit.freshPair();
        var no = code.newLabel();
        var done = code.newLabel();
        unit.tag();
        code.dstore(result.d());
        conditions.jump(question, false, no);
        unit.thing(true);
        code.astore(result.o()).goto_(done);
        code.labelBinding(no);
        unit.thing(false);
        code.astore(result.o());
        code.labelBinding(done);
        return result;
    }

    /// The left one when it counts as `when`, else the right one.
    private Operand either(Node left, Node right, boolean when) {
        var result = unit.freshPair();
        var done = code.newLabel();
        var a = value(left);
        unit.copy(a, result);
        conditions.jump(a, when, done);
        unit.copy(value(right), result);
        code.labelBinding(done);
        return result;
    }

    private Operand join(List<Node> operands, Operation.Many does) {
        var all = calls.arrays(operands);
        unit.pool.load(code, does, Names.MANY);
        code.aload(unit.frame).aload(all.d()).aload(all.o());
        code.invokeinterface(
                Names.MANY,
                "of",
                Names.type(Names.DOUBLE, Names.FRAME, Names.NUMBERS, Names.OBJECTS));
        return taken();
    }

    private Operand table(Node node, List<Shape.Entry> entries) {
        var result = unit.freshPair();
        int table = unit.freshInt();
        unit.pool.load(code, node, Names.TABLE_NODE);
        code.aload(unit.frame)
                .invokevirtual(Names.TABLE_NODE, "begun", Names.type(Names.TABLE, Names.FRAME))
                .astore(table);
        long at = 1;
        boolean open = false;
        for (var entry : entries) {
            int mark = unit.mark();
            boolean last = entry.equals(entries.getLast());
            if (!entry.counted()) {
                keyed(node, table, entry);
            } else if (last && entry.value().isOpen()) {
                open = true;
                rest(table, at, entry.value());
            } else {
                item(table, at++, value(entry.value()));
            }
            unit.release(mark);
        }
        if (!open && at > 1) {
            settle(table, (int) at - 1);
        }
        unit.tag();
        code.dstore(result.d()).aload(table).checkcast(Names.OBJECT).astore(result.o());
        return result;
    }

    private void keyed(Node node, int table, Shape.Entry entry) {
        var key = value(entry.key());
        var value = value(entry.value());
        unit.pool.load(code, node, Names.TABLE_NODE);
        code.aload(unit.frame).aload(table);
        unit.push(key);
        unit.push(value);
        code.invokevirtual(
                Names.TABLE_NODE, "put", Names.withPairs(Names.VOID, 2, Names.FRAME, Names.TABLE));
    }

    private void item(int table, long at, Operand value) {
        code.aload(table).aload(unit.state).loadConstant(at);
        unit.push(value);
        code.invokevirtual(
                Names.TABLE, "setInt", Names.withPairs(Names.VOID, 1, Names.STATE, Names.LONG));
    }

    private void settle(int table, int items) {
        code.aload(unit.state).aload(table).loadConstant(TableItems.room(items));
        code.invokestatic(
                Names.TABLE_ITEMS,
                "settle",
                Names.type(Names.VOID, Names.STATE, Names.TABLE, Names.INT));
    }

    private void rest(int table, long at, Node node) {
        open(node);
        int given = unit.freshNumber();
        code.dstore(given).aload(unit.state).aload(table).loadConstant(at).dload(given);
        code.invokestatic(
                Names.TABLE_NODE,
                "rest",
                Names.type(Names.VOID, Names.STATE, Names.TABLE, Names.LONG, Names.DOUBLE));
    }

    private Operand function(Node node, Proto proto) {
        unit.pool.load(code, node, Names.FUNCTION_NODE);
        code.aload(unit.frame);
        var captures = proto.captures();
        code.loadConstant(captures.size()).anewarray(Names.CELL);
        for (int i = 0; i < captures.size(); i++) {
            code.dup().loadConstant(i);
            int from = captures.get(i);
            if (from >= 0) {
                code.aload(unit.o(from)).checkcast(Names.CELL);
            } else {
                upvalue(-1 - from);
            }
            code.aastore();
        }
        code.invokevirtual(
                Names.FUNCTION_NODE,
                "of",
                Names.type(Names.DOUBLE, Names.FRAME, Names.CELL.arrayType()));
        return taken();
    }
}
