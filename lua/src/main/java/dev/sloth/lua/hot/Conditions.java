package dev.sloth.lua.hot;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.vm.Node;
import dev.sloth.lua.vm.Shape;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/// Writes jumps that depend on conditions.
final class Conditions {
    private final Unit unit;
    private final CodeBuilder code;
    private final Expressions expressions;

    Conditions(Unit unit, Expressions expressions) {
        this.unit = unit;
        this.code = unit.code;
        this.expressions = expressions;
    }

    /// Jumps when the condition counts as `when`, and goes on otherwise.
    void jump(Node condition, boolean when, Label target) {
        int mark = unit.mark();
        switch (condition.shape()) {
            case Shape.Comparison comparison -> comparison(comparison, when, target);
            case Shape.Not(var operand) -> jump(operand, !when, target);
            case Shape.Single(var inner) -> jump(inner, when, target);
            case Shape.And(var left, var right) -> both(left, right, when, false, target);
            case Shape.Or(var left, var right) -> both(left, right, when, true, target);
            default -> jump(expressions.value(condition), when, target);
        }
        unit.release(mark);
    }

    /// @param enough what one of the two must count as to decide alone
    private void both(Node left, Node right, boolean when, boolean enough, Label target) {
        if (when == enough) {
            jump(left, enough, target);
            jump(right, enough, target);
            return;
        }
        var decided = code.newLabel();
        jump(left, enough, decided);
        jump(right, when, target);
        code.labelBinding(decided);
    }

    /// Jumps when the value counts as `when`.
    void jump(Operand value, boolean when, Label target) {
        switch (value) {
            case Operand.Numeral _, Operand.Plain _ -> always(when, target);
            case Operand.Thing(var thing) ->
                    always(
                            when == !(thing instanceof LuaNil || Boolean.FALSE.equals(thing)),
                            target);
            case Operand.Pair _ -> {
                unit.push(value);
                code.invokestatic(
                        Names.VALUES,
                        "isTrue",
                        Names.type(Names.BOOLEAN, Names.DOUBLE, Names.OBJECT));
                decide(when, target);
            }
        }
    }

    private void always(boolean jumps, Label target) {
        if (jumps) {
            code.goto_(target);
        }
    }

    /// By the boolean on the operand stack.
    private void decide(boolean when, Label target) {
        if (when) {
            code.ifne(target);
        } else {
            code.ifeq(target);
        }
    }

    private void comparison(Shape.Comparison asked, boolean when, Label target) {
        var a = expressions.value(asked.left());
        var b = expressions.value(asked.right());
        var on = code.newLabel();
        Label yes = when ? target : on;
        Label no = when ? on : target;
        boolean numbers = a.isNumber() && b.isNumber();
        switch (asked.relation()) {
            case EQUAL -> equal(asked, a, b, yes, no);
            case NOT_EQUAL -> equal(asked, a, b, no, yes);
            default -> {
                unit.pushNumber(a);
                unit.pushNumber(b);
                holds(asked.relation(), yes);
                if (!numbers) {
                    unit.pushNumber(a);
                    unit.pushNumber(b);
                    fails(asked.relation(), no);
                    ask(asked, a, b, true, yes);
                }
                code.goto_(no);
            }
        }
        code.labelBinding(on);
    }

    private void holds(Shape.Relation relation, Label yes) {
        switch (relation) {
            case LESS -> code.dcmpg().iflt(yes);
            case LESS_OR_EQUAL -> code.dcmpg().ifle(yes);
            case GREATER -> code.dcmpl().ifgt(yes);
            case GREATER_OR_EQUAL -> code.dcmpl().ifge(yes);
            case EQUAL, NOT_EQUAL -> throw new IllegalStateException("not an order");
        }
    }

    /// With operands that are no numbers none of both holds.
    private void fails(Shape.Relation relation, Label no) {
        switch (relation) {
            case LESS -> code.dcmpl().ifge(no);
            case LESS_OR_EQUAL -> code.dcmpl().ifgt(no);
            case GREATER -> code.dcmpg().ifle(no);
            case GREATER_OR_EQUAL -> code.dcmpg().iflt(no);
            case EQUAL, NOT_EQUAL -> throw new IllegalStateException("not an order");
        }
    }

    private void equal(Shape.Comparison asked, Operand a, Operand b, Label yes, Label no) {
        unit.pushNumber(a);
        unit.pushNumber(b);
        code.dcmpl().ifeq(yes);
        if (a.isNumber() || b.isNumber()) {
            code.goto_(no);
            return;
        }
        unlessNumber(a, no);
        unlessNumber(b, no);
        ask(asked, a, b, asked.relation() == Shape.Relation.EQUAL, yes);
        code.goto_(no);
    }

    private void unlessNumber(Operand operand, Label number) {
        if (operand instanceof Operand.Pair(int d, _)) {
            unit.jumpIfNotNaN(d, number);
        }
    }

    private void ask(Shape.Comparison asked, Operand a, Operand b, boolean when, Label target) {
        unit.pool.load(code, asked.does(), Names.QUESTION);
        code.aload(unit.frame);
        unit.push(a);
        unit.push(b);
        code.invokeinterface(Names.QUESTION, "of", Names.withPairs(Names.BOOLEAN, 2, Names.FRAME));
        decide(when, target);
    }
}
