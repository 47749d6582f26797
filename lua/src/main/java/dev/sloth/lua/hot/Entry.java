package dev.sloth.lua.hot;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/// Writes the call with as many arguments as a function has parameters: what
/// [dev.sloth.lua.vm.Code] does for any number of them, without arrays.
final class Entry {
    private static final int STATE = 1;
    private static final int CLOSURE = 2;
    private static final int FIRST = 3;
    private static final int WORDS_OF_PAIR = 3;

    private final CodeBuilder code;
    private final ClassDesc owner;
    private final int params;
    private final MethodTypeDesc run;
    private final int depth;
    private final int frame;
    private final int result;

    Entry(CodeBuilder code, ClassDesc owner, int params, MethodTypeDesc run) {
        this.code = code;
        this.owner = owner;
        this.params = params;
        this.run = run;
        this.depth = FIRST + WORDS_OF_PAIR * params;
        this.frame = depth + 1;
        this.result = depth + 2;
    }

    void write() {
        enter();
        var begin = code.newBoundLabel();
        code.aload(frame).aload(STATE);
        arguments();
        code.invokestatic(owner, FunctionClass.RUN, run).dstore(result);
        tail();
        var end = code.newBoundLabel();
        code.aload(STATE).iload(depth).putfield(Names.STATE, "depth", Names.INT);
        code.dload(result).dreturn();
        var overflow = code.newBoundLabel();
        code.pop().aload(STATE);
        code.invokevirtual(Names.STATE, "stackOverflow", Names.type(Names.LUA_ERROR)).athrow();
        code.exceptionCatch(begin, end, overflow, Names.STACK_ERROR);
    }

    private void arguments() {
        for (int i = 0; i < params; i++) {
            code.dload(FIRST + WORDS_OF_PAIR * i).aload(FIRST + WORDS_OF_PAIR * i + 2);
        }
    }

    private void enter() {
        var room = code.newLabel();
        code.aload(STATE).getfield(Names.STATE, "depth", Names.INT).istore(depth);
        code.iload(depth).aload(STATE).getfield(Names.STATE, "limit", Names.INT).if_icmplt(room);
        code.aload(STATE).invokevirtual(Names.STATE, "crowded", Names.type(Names.BOOLEAN));
        code.ifeq(room);
        elsewhere();
        code.labelBinding(room).new_(Names.FRAME).dup().aload(STATE).aload(CLOSURE);
        code.aload(0).invokevirtual(Names.CODE, "objects", Names.type(Names.INT));
        code.invokespecial(
                        Names.FRAME,
                        "<init>",
                        Names.type(Names.VOID, Names.STATE, Names.CLOSURE, Names.INT))
                .astore(frame);
        code.aload(STATE).getfield(Names.STATE, "stack", Names.OBJECTS);
        code.iload(depth).aload(frame).aastore();
        code.aload(STATE).iload(depth).iconst_1().iadd();
        code.putfield(Names.STATE, "depth", Names.INT);
        Unit.step(code, STATE);
    }

    /// There is too little stack left: the call is made again in another thread.
    private void elsewhere() {
        code.aload(0).aload(STATE).aload(CLOSURE);
        arguments();
        code.invokevirtual(
                        Names.CODE,
                        "elsewhere",
                        Names.withPairs(Names.DOUBLE, params, Names.STATE, Names.CLOSURE))
                .dreturn();
    }

    private void tail() {
        var done = code.newLabel();
        code.dload(result).dload(result).dcmpl().ifeq(done);
        code.aload(STATE).getfield(Names.STATE, "out", Names.OBJECT).aload(frame).if_acmpne(done);
        code.aload(frame).iload(depth);
        code.invokestatic(Names.CLOSURE, "tail", Names.type(Names.DOUBLE, Names.FRAME, Names.INT))
                .dstore(result);
        code.labelBinding(done);
    }
}
