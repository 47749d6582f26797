package dev.sloth.lua.hot;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.vm.Form;
import dev.sloth.lua.vm.HotLoop;
import dev.sloth.lua.vm.Step;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;

/// Writes loops. Each turn counts a step.
final class LoopWriter {
    private final Unit unit;
    private final CodeBuilder code;
    private final Statements statements;
    private final Expressions expressions;

    LoopWriter(Unit unit, Statements statements, Expressions expressions) {
        this.unit = unit;
        this.code = unit.code;
        this.statements = statements;
        this.expressions = expressions;
    }

    private void body(Step body, Label exit) {
        unit.enterLoop(exit);
        statements.step(body);
        unit.leaveLoop();
    }

    void whileLoop(Form.While loop) {
        var turn = code.newBoundLabel();
        var exit = code.newLabel();
        expressions.conditions().jump(loop.condition(), false, exit);
        body(loop.body(), exit);
        unit.step();
        code.goto_(turn).labelBinding(exit);
    }

    void repeat(Form.Repeat loop) {
        var turn = code.newBoundLabel();
        var exit = code.newLabel();
        body(loop.body(), exit);
        unit.step();
        expressions.conditions().jump(loop.condition(), false, turn);
        code.labelBinding(exit);
    }

    /// The bounds of a numeric loop.
    ///
    /// @param next the variable that holds the next value
    record Bounds(int next, Operand last, Operand by) {}

    void numeric(Form.Numeric loop) {
        var from = expressions.value(loop.from());
        var to = expressions.value(loop.to());
        var step = expressions.value(loop.step());
        int next = unit.freshNumber();
        unit.pushNumber(number(loop, "first", from));
        code.dstore(next);
        var last = number(loop, "last", to);
        numeric(loop, new Bounds(next, last, number(loop, "step", step)));
    }

    private Operand number(Form.Numeric loop, String which, Operand bound) {
        if (bound.isNumber()) {
            return bound;
        }
        int result = unit.freshNumber();
        unit.pool.load(code, loop.does(), Names.BOUNDS);
        code.aload(unit.frame);
        unit.push(bound);
        code.invokeinterface(Names.BOUNDS, which, Names.withPairs(Names.DOUBLE, 1, Names.FRAME))
                .dstore(result);
        return new Operand.Plain(result);
    }

    void numeric(Form.Numeric loop, Bounds bounds) {
        var turn = code.newBoundLabel();
        var exit = code.newLabel();
        unlessMore(bounds, exit);
        var value = new Operand.Plain(bounds.next);
        unit.declare(loop.variable().slot(), loop.variable().captured(), value);
        body(loop.body(), exit);
        unit.step();
        code.dload(bounds.next);
        unit.pushNumber(bounds.by);
        code.dadd().dstore(bounds.next).goto_(turn).labelBinding(exit);
    }

    private void unlessMore(Bounds bounds, Label exit) {
        if (bounds.by instanceof Operand.Numeral(double by)) {
            unlessMore(bounds, by > 0, exit);
            return;
        }
        var down = code.newLabel();
        var more = code.newLabel();
        unit.pushNumber(bounds.by);
        code.dconst_0().dcmpl().ifle(down);
        unlessMore(bounds, true, exit);
        code.goto_(more).labelBinding(down);
        unlessMore(bounds, false, exit);
        code.labelBinding(more);
    }

    private void unlessMore(Bounds bounds, boolean up, Label exit) {
        code.dload(bounds.next);
        unit.pushNumber(bounds.last);
        if (up) {
            code.dcmpg().ifgt(exit);
        } else {
            code.dcmpl().iflt(exit);
        }
    }

    /// What a loop over an iterator goes by.
    ///
    /// @param kind the variable that holds which kind of loop it is
    record Iterated(int kind, Operand.Pair function, Operand.Pair state, Operand.Pair control) {}

    void generic(Form.Generic loop) {
        int all = expressions.calls().multi(loop.values(), List.of());
        int kind = unit.freshInt();
        unit.pool.load(code, loop.does(), Names.ITERATION);
        code.aload(unit.frame).aload(all);
        code.invokeinterface(
                        Names.ITERATION, "begin", Names.type(Names.INT, Names.FRAME, Names.MULTI))
                .istore(kind);
        var function = statements.of(all, 0);
        var state = statements.of(all, 1);
        var control = statements.of(all, 2);
        var begun = code.newLabel();
        code.iload(kind).loadConstant(HotLoop.PAIRS).if_icmpne(begun);
        code.loadConstant(-1.0).dstore(control.d()).labelBinding(begun);
        var counted = code.newLabel();
        code.iload(kind).loadConstant(HotLoop.ITEMS).if_icmpne(counted);
        code.dconst_1().dstore(control.d()).labelBinding(counted);
        generic(loop, new Iterated(kind, function, state, control));
    }

    void generic(Form.Generic loop, Iterated over) {
        var turn = code.newBoundLabel();
        var exit = code.newLabel();
        var items = code.newLabel();
        var asked = code.newLabel();
        var body = code.newLabel();
        int mark = unit.mark();
        code.iload(over.kind).loadConstant(HotLoop.PAIRS).if_icmpne(items);
        pair(loop, over, exit);
        code.goto_(body).labelBinding(items);
        unit.release(mark);
        code.iload(over.kind).loadConstant(HotLoop.ITEMS).if_icmpne(asked);
        item(loop, over, exit);
        code.goto_(body).labelBinding(asked);
        unit.release(mark);
        ask(loop, over, exit);
        code.labelBinding(body);
        unit.release(mark);
        body(loop.body(), exit);
        unit.step();
        code.goto_(turn).labelBinding(exit);
    }

    private void table(Iterated over) {
        code.aload(over.state.o()).checkcast(Names.TABLE);
    }

    private void pair(Form.Generic loop, Iterated over, Label exit) {
        int at = unit.freshInt();
        table(over);
        code.dload(over.control.d()).d2i();
        code.invokevirtual(Names.TABLE, "nextPosition", Names.type(Names.INT, Names.INT));
        code.istore(at).iload(at).iflt(exit);
        code.iload(at).i2d().dstore(over.control.d());
        var key = unit.freshPair();
        at(over, "keyAt", at);
        unit.take(key);
        var value = unit.freshPair();
        at(over, "valueAt", at);
        unit.take(value);
        declare(loop, List.of(key, value));
    }

    private void at(Iterated over, String what, int at) {
        table(over);
        code.aload(unit.state).iload(at);
        code.invokevirtual(Names.TABLE, what, Names.type(Names.DOUBLE, Names.STATE, Names.INT));
    }

    private void item(Form.Generic loop, Iterated over, Label exit) {
        var value = unit.freshPair();
        table(over);
        code.aload(unit.state).dload(over.control.d()).d2l();
        code.invokevirtual(
                Names.TABLE, "getInt", Names.type(Names.DOUBLE, Names.STATE, Names.LONG));
        unit.take(value);
        unlessNil(value, exit);
        declare(loop, List.of(new Operand.Plain(over.control.d()), value));
        code.dload(over.control.d()).dconst_1().dadd().dstore(over.control.d());
    }

    /// Goes on unless a value is nil.
    private void unlessNil(Operand.Pair value, Label exit) {
        var some = code.newLabel();
        unit.jumpIfNotNaN(value.d(), some);
        code.dload(value.d())
                .invokestatic(Names.VALUES, "isObject", Names.type(Names.BOOLEAN, Names.DOUBLE))
                .ifeq(some);
        code.aload(value.o());
        unit.nil();
        code.if_acmpeq(exit).labelBinding(some);
    }

    private void ask(Form.Generic loop, Iterated over, Label exit) {
        int given = unit.freshNumber();
        int all = unit.freshInt();
        unit.pool.load(code, loop.does(), Names.ITERATION);
        code.aload(unit.frame);
        unit.push(over.function);
        unit.push(over.state);
        unit.push(over.control);
        code.invokeinterface(
                Names.ITERATION, "step", Names.withPairs(Names.DOUBLE, 3, Names.FRAME));
        code.dstore(given).aload(unit.state).dload(given);
        code.invokevirtual(Names.STATE, "all", Names.type(Names.MULTI, Names.DOUBLE)).astore(all);
        unit.copy(statements.of(all, 0), over.control);
        unlessNil(over.control, exit);
        declareAll(loop, all, over);
    }

    private void declareAll(Form.Generic loop, int all, Iterated over) {
        for (int i = 0; i < loop.variables().size(); i++) {
            int mark = unit.mark();
            var value = i == 0 ? over.control : statements.of(all, i);
            unit.declare(loop.variables().get(i).slot(), loop.variables().get(i).captured(), value);
            unit.release(mark);
        }
    }

    private void declare(Form.Generic loop, List<Operand> values) {
        for (int i = 0; i < loop.variables().size(); i++) {
            var variable = loop.variables().get(i);
            unit.declare(
                    variable.slot(),
                    variable.captured(),
                    i < values.size() ? values.get(i) : new Operand.Thing(LuaNil.NIL));
        }
    }
}
