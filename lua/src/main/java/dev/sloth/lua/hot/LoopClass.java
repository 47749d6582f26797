package dev.sloth.lua.hot;

import dev.sloth.lua.vm.Form;
import dev.sloth.lua.vm.Label;
import dev.sloth.lua.vm.Shape;
import dev.sloth.lua.vm.Step;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.util.BitSet;

/// Makes a [dev.sloth.lua.vm.HotLoop] of a loop. It takes over the variables from the frame when it
/// begins, and leaves what it has changed there when it ends.
final class LoopClass implements Unit.Ending {
    // variables of `run`
    private static final int FRAME = 1;
    private static final int KIND = 2;
    private static final Operand.Pair FUNCTION = new Operand.Pair(3, 5);
    private static final Operand.Pair ITERATED = new Operand.Pair(6, 8);
    private static final Operand.Pair CONTROL = new Operand.Pair(9, 11);
    private static final int STATE = 12;
    private static final int FIRST = 13;

    private final Step loop;
    private final Slots slots;

    private LoopClass(Step loop) {
        this.loop = loop;
        this.slots = Slots.of(loop);
    }

    static ClassText of(Step loop, String name) {
        return ClassWriter.written(
                name + "_loop",
                Names.LOOP,
                (made, pool) -> new LoopClass(loop).methods(made, pool));
    }

    private void methods(ClassBuilder made, Pool pool) {
        made.withMethodBody(
                "run",
                Names.withPairs(Names.INT, 3, Names.FRAME, Names.INT),
                0,
                code -> run(code, pool));
    }

    private void run(CodeBuilder code, Pool pool) {
        var outer = slots.outer();
        var others = Numbers.others(loop, outer);
        int count = Math.max(slots.declared.length(), outer.length());
        code.aload(FRAME).getfield(Names.FRAME, "s", Names.STATE).astore(STATE);
        var unit = new Unit(code, pool, FRAME, STATE, FIRST, count, others, this);
        outer.stream().forEach(slot -> takeOver(unit, slot));
        var loops = new Statements(unit).loops();
        switch (loop.form()) {
            case Form.While plain -> loops.whileLoop(plain);
            case Form.Repeat plain -> loops.repeat(plain);
            case Form.Numeric numeric ->
                    loops.numeric(
                            numeric,
                            new LoopWriter.Bounds(
                                    FUNCTION.d(), new Operand.Plain(ITERATED.d()), step(numeric)));
            case Form.Generic generic ->
                    loops.generic(
                            generic, new LoopWriter.Iterated(KIND, FUNCTION, ITERATED, CONTROL));
            default -> throw new IllegalStateException("no loop");
        }
        next(unit);
    }

    private static Operand step(Form.Numeric loop) {
        return loop.step().shape() instanceof Shape.Numeral(double value)
                ? new Operand.Numeral(value)
                : new Operand.Plain(CONTROL.d());
    }

    private static void takeOver(Unit unit, int slot) {
        unit.code.aload(FRAME).getfield(Names.FRAME, "d", Names.NUMBERS).loadConstant(slot);
        unit.code.daload().dstore(unit.d(slot));
        unit.code.aload(FRAME).getfield(Names.FRAME, "o", Names.OBJECTS).loadConstant(slot);
        unit.code.aaload().astore(unit.o(slot));
    }

    private void leaveBehind(Unit unit) {
        var changed = (BitSet) slots.assigned.clone();
        changed.andNot(slots.declared);
        changed.stream()
                .forEach(slot -> {
                    unit.code
                            .aload(FRAME)
                            .getfield(Names.FRAME, "d", Names.NUMBERS)
                            .loadConstant(slot);
                    unit.code.dload(unit.d(slot)).dastore();
                });
    }

    private void end(Unit unit, int how) {
        leaveBehind(unit);
        unit.code.loadConstant(how).ireturn();
    }

    @Override
    public void give(Unit unit) {
        int result = unit.freshNumber();
        unit.code.dstore(result).aload(FRAME).dload(result);
        unit.code.putfield(Names.FRAME, "r", Names.DOUBLE);
        end(unit, Step.RETURN);
    }

    @Override
    public void tail(Unit unit) {
        end(unit, Step.TAIL);
    }

    @Override
    public void leave(Unit unit, Label label) {
        unit.code.aload(FRAME);
        unit.pool.load(unit.code, label, Names.LABEL);
        unit.code.putfield(Names.FRAME, "jump", Names.LABEL);
        end(unit, Step.GOTO);
    }

    @Override
    public void next(Unit unit) {
        end(unit, Step.NEXT);
    }
}
