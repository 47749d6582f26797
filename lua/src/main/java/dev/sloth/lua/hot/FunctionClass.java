package dev.sloth.lua.hot;

import static java.lang.classfile.ClassFile.ACC_STATIC;

import dev.sloth.lua.vm.Label;
import dev.sloth.lua.vm.Proto;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;

/// Makes a [dev.sloth.lua.vm.Code] of a function: `run` with a parameter's number and object each,
/// and ways there.
final class FunctionClass implements Unit.Ending {
    /// A method has 255 words for its parameters.
    private static final int PARAMETERS_MAX = 80;

    private static final int PAIRS_MAX = 3;
    static final String RUN = "run";

    // variables of `run`
    private static final int FRAME = 0;
    private static final int STATE = 1;
    private static final int FIRST = 2;

    private final Proto proto;
    private final MethodTypeDesc run;

    private FunctionClass(Proto proto) {
        this.proto = proto;
        this.run = Names.withPairs(Names.DOUBLE, proto.params(), Names.FRAME, Names.STATE);
    }

    static ClassText of(Proto proto) {
        if (proto.params() > PARAMETERS_MAX) {
            throw new TooLarge();
        }
        var function = new FunctionClass(proto);
        return ClassWriter.written(proto.name(), Names.CODE, function::methods);
    }

    private void methods(ClassBuilder made, Pool pool) {
        var owner = pool.owner();
        made.withMethodBody(RUN, run, ACC_STATIC, code -> run(code, pool));
        made.withMethodBody(
                "objects",
                Names.type(Names.INT),
                0,
                code -> code.loadConstant(proto.objects()).ireturn());
        made.withMethodBody(
                "body",
                Names.type(Names.DOUBLE, Names.FRAME, Names.NUMBERS, Names.OBJECTS, Names.INT),
                0,
                code -> body(code, owner));
        if (proto.params() <= PAIRS_MAX && !proto.varargs()) {
            made.withMethodBody(
                    "call",
                    Names.withPairs(Names.DOUBLE, proto.params(), Names.STATE, Names.CLOSURE),
                    0,
                    code -> new Entry(code, owner, proto.params(), run).write());
        }
    }

    private void run(CodeBuilder code, Pool pool) {
        var anything = new BitSet();
        anything.set(0, proto.params());
        var others = Numbers.others(proto.body(), anything);
        var unit = new Unit(code, pool, FRAME, STATE, FIRST, proto.slots(), others, this);
        var assigned = proto.assignedParams();
        for (int i = 0; i < assigned.size(); i++) {
            unit.note(proto.slots() + i, unit.variable(assigned.get(i)));
        }
        for (int slot = 0; slot < proto.params(); slot++) {
            unit.given(slot, proto.capturedParams().contains(slot));
        }
        new Statements(unit).step(proto.body());
        code.aload(STATE).invokevirtual(Names.STATE, "none", Names.type(Names.DOUBLE)).dreturn();
    }

    /// Takes the parameters out of the arrays.
    private void body(CodeBuilder code, ClassDesc owner) {
        code.aload(1).aload(1).getfield(Names.FRAME, "s", Names.STATE);
        for (int i = 0; i < proto.params(); i++) {
            var absent = code.newLabel();
            var there = code.newLabel();
            code.iload(4).loadConstant(i).if_icmple(absent);
            code.aload(2).loadConstant(i).daload().aload(3).loadConstant(i).aaload().goto_(there);
            code.labelBinding(absent);
            Unit.tag(code);
            code.getstatic(Names.NIL, "NIL", Names.NIL).checkcast(Names.OBJECT);
            code.labelBinding(there);
        }
        if (proto.varargs()) {
            code.aload(1).aload(2).aload(3).iload(4);
            code.invokevirtual(
                    Names.FRAME,
                    "bindRest",
                    Names.type(Names.VOID, Names.NUMBERS, Names.OBJECTS, Names.INT));
        }
        code.invokestatic(owner, RUN, run).dreturn();
    }

    @Override
    public void give(Unit unit) {
        unit.code.dreturn();
    }

    @Override
    public void tail(Unit unit) {
        unit.code.aload(STATE).aload(FRAME);
        unit.code.invokevirtual(Names.STATE, "ret", Names.type(Names.DOUBLE, Names.OBJECT));
        unit.code.dreturn();
    }

    @Override
    public void leave(Unit unit, Label label) {
        throw new IllegalStateException("a goto leads out of its function");
    }

    @Override
    public void next(Unit unit) {
        throw new IllegalStateException("a break leads out of its function");
    }
}
