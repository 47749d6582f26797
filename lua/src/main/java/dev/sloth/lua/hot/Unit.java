package dev.sloth.lua.hot;

import dev.sloth.lua.value.LuaNil;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;

/// One method while it is written: where its variables are, and the few moves that everything else
/// consists of.
///
/// A variable that may hold anything has two variables of the JVM. What it holds of objects is also
/// noted in the frame, where walks over what is alive see it.
final class Unit {
    private static final int WORDS_OF_SLOT = 3;

    final CodeBuilder code;
    final Pool pool;
    final int frame;
    final int state;
    private final int first;
    private final BitSet others;
    private final Ending ending;
    private final IdentityHashMap<dev.sloth.lua.vm.Label, Label> labels = new IdentityHashMap<>();
    private final Deque<Label> loops = new ArrayDeque<>();
    private int next;

    /// How a method ends, and what it leaves behind.
    interface Ending {
        /// With the number half on the operand stack and the object half in the state.
        void give(Unit unit);

        /// With a call that is left in the frame.
        void tail(Unit unit);

        /// With a jump out of the method.
        void leave(Unit unit, dev.sloth.lua.vm.Label label);

        /// With a `break` out of the method's own loop.
        void next(Unit unit);
    }

    /// @param frame the variable that holds the frame; `state` the one that holds the state
    /// @param first the first variable that is free for slots
    /// @param slots how many there are
    /// @param others those that may hold anything
    Unit(
            CodeBuilder code,
            Pool pool,
            int frame,
            int state,
            int first,
            int slots,
            BitSet others,
            Ending ending) {
        this.code = code;
        this.pool = pool;
        this.frame = frame;
        this.state = state;
        this.first = first;
        this.others = others;
        this.ending = ending;
        this.next = first + WORDS_OF_SLOT * slots;
    }

    Ending ending() {
        return ending;
    }

    // ---- variables

    boolean isNumber(int slot) {
        return !others.get(slot);
    }

    int d(int slot) {
        return first + WORDS_OF_SLOT * slot;
    }

    int o(int slot) {
        return first + WORDS_OF_SLOT * slot + 2;
    }

    Operand variable(int slot) {
        return isNumber(slot) ? new Operand.Plain(d(slot)) : new Operand.Pair(d(slot), o(slot));
    }

    /// Variables of the JVM that are in use; [#release] gives back what came after.
    int mark() {
        return next;
    }

    void release(int mark) {
        next = mark;
    }

    int freshNumber() {
        int at = next;
        next += 2;
        return at;
    }

    /// One for objects, which holds nil.
    int freshObject() {
        int at = next++;
        nil();
        code.astore(at);
        return at;
    }

    int freshInt() {
        return next++;
    }

    Operand.Pair freshPair() {
        int d = freshNumber();
        return new Operand.Pair(d, freshObject());
    }

    // ---- moves

    void nil() {
        code.getstatic(Names.NIL, "NIL", Names.NIL).checkcast(Names.OBJECT);
    }

    /// As a constant of the class it would be any NaN.
    static void tag(CodeBuilder code) {
        code.getstatic(Names.VALUES, "TAG", Names.DOUBLE);
    }

    void tag() {
        tag(code);
    }

    void thing(Object value) {
        switch (value) {
            case LuaNil _ -> nil();
            case Boolean b -> {
                code.getstatic(Names.BOXED_BOOLEAN, b ? "TRUE" : "FALSE", Names.BOXED_BOOLEAN);
                code.checkcast(Names.OBJECT);
            }
            default -> pool.load(code, value, Names.OBJECT);
        }
    }

    void pushNumber(Operand from) {
        switch (from) {
            case Operand.Numeral(double value) -> code.loadConstant(value);
            case Operand.Thing _ -> tag();
            case Operand.Plain(int d) -> code.dload(d);
            case Operand.Pair(int d, _) -> code.dload(d);
        }
    }

    void pushObject(Operand from) {
        switch (from) {
            case Operand.Numeral _, Operand.Plain _ -> nil();
            case Operand.Thing(var value) -> thing(value);
            case Operand.Pair(_, int o) -> code.aload(o);
        }
    }

    void push(Operand from) {
        pushNumber(from);
        pushObject(from);
    }

    /// The object half of the latest result.
    void out() {
        code.aload(state).getfield(Names.STATE, "out", Names.OBJECT);
    }

    /// Takes a result off the operand stack into a pair.
    void take(Operand.Pair to) {
        code.dstore(to.d());
        ifObject(
                to.d(),
                () -> {
                    out();
                    code.astore(to.o());
                });
    }

    void copy(Operand from, Operand.Pair to) {
        pushNumber(from);
        code.dstore(to.d());
        if (!from.isNumber()) {
            pushObject(from);
            code.astore(to.o());
        }
    }

    /// Does something unless a variable holds a number other than NaN.
    void ifObject(int d, Runnable then) {
        var number = code.newLabel();
        jumpIfNotNaN(d, number);
        then.run();
        code.labelBinding(number);
    }

    void jumpIfNotNaN(int d, Label target) {
        code.dload(d).dload(d).dcmpl().ifeq(target);
    }

    // ---- assignments

    /// Assigns to a variable of the function that lies in no cell.
    void assign(int slot, Operand from) {
        pushNumber(from);
        code.dstore(d(slot));
        switch (from) {
            case Operand.Numeral _, Operand.Plain _ -> {}
            case Operand.Thing _ -> {
                pushObject(from);
                code.astore(o(slot));
                note(slot);
            }
            case Operand.Pair _ -> {
                pushObject(from);
                code.astore(o(slot));
                ifObject(d(slot), () -> note(slot));
            }
        }
    }

    /// Begins a variable's life.
    void declare(int slot, boolean captured, Operand from) {
        if (captured) {
            cell(slot, () -> push(from));
            return;
        }
        if (from.isNumber() && !isNumber(slot)) {
            nil();
            code.astore(o(slot));
        }
        assign(slot, from);
    }

    /// Begins the life of a parameter, whose value is in its variables already.
    void given(int slot, boolean captured) {
        if (captured) {
            cell(slot, () -> push(new Operand.Pair(d(slot), o(slot))));
        } else {
            ifObject(d(slot), () -> note(slot));
        }
    }

    /// Begins the life of a variable in a cell.
    ///
    /// @param value pushes its first value
    void cell(int slot, Runnable value) {
        code.new_(Names.CELL).dup();
        value.run();
        code.invokespecial(Names.CELL, "<init>", Names.type(Names.VOID, Names.DOUBLE, Names.OBJECT))
                .astore(o(slot));
        tag();
        code.dstore(d(slot));
        note(slot);
    }

    /// Has the frame know what a variable holds.
    private void note(int slot) {
        note(slot, o(slot));
    }

    /// Has the frame know of an object, if there is a place for it.
    ///
    /// @param variable the one of the JVM that holds it
    void note(int place, int variable) {
        if (place < 0) {
            return;
        }
        code.aload(frame).getfield(Names.FRAME, "o", Names.OBJECTS);
        code.loadConstant(place).aload(variable).aastore();
    }

    /// Has the frame know of a value, if it is an object.
    void note(int place, Operand value) {
        if (value instanceof Operand.Pair(int d, int o)) {
            ifObject(d, () -> note(place, o));
        }
    }

    // ---- limits

    /// Counts a step.
    void step() {
        step(code, state);
    }

    /// The same, where there is no unit.
    static void step(CodeBuilder code, int state) {
        var enough = code.newLabel();
        code.aload(state).dup().getfield(Names.STATE, "fuel", Names.INT);
        code.iconst_1().isub().dup_x1().putfield(Names.STATE, "fuel", Names.INT);
        code.ifge(enough);
        code.aload(state).invokevirtual(Names.STATE, "refuel", Names.type(Names.VOID));
        code.labelBinding(enough);
    }

    /// Notes which place is at work.
    void site(int site) {
        code.aload(frame).loadConstant(site).putfield(Names.FRAME, "site", Names.INT);
    }

    // ---- jumps

    void enterLoop(Label exit) {
        loops.push(exit);
    }

    void leaveLoop() {
        loops.pop();
    }

    Optional<Label> innermostExit() {
        return Optional.ofNullable(loops.peek());
    }

    Label declare(dev.sloth.lua.vm.Label label) {
        return labels.computeIfAbsent(label, _ -> code.newLabel());
    }

    Optional<Label> known(dev.sloth.lua.vm.Label label) {
        return Optional.ofNullable(labels.get(label));
    }
}
