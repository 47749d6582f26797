package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Statements but for loops.
final class Steps {
    private Steps() {}

    static final class CallStep extends Step {
        private final Node call;

        CallStep(Node call) {
            this.call = call;
        }

        @Override
        int run(Frame f) {
            call.multi(f);
            return NEXT;
        }

        @Override
        public Form form() {
            return new Form.Call(call);
        }
    }

    /// `local x = value`.
    static final class Declare extends Step {
        private final int slot;
        private final boolean captured;
        private final Node value;

        Declare(int slot, boolean captured, Node value) {
            this.slot = slot;
            this.captured = captured;
            this.value = value;
        }

        @Override
        int run(Frame f) {
            double v = value.exec(f);
            if (captured) {
                f.o[slot] = new Cell(v, f.s.out);
                return NEXT;
            }
            f.d[slot] = v;
            if (Double.isNaN(v)) {
                f.o[slot] = f.s.out;
            }
            return NEXT;
        }

        @Override
        public Form form() {
            return new Form.Declare(slot, captured, value);
        }
    }

    /// `local function f`: the function sees itself.
    static final class DeclareFunction extends Step {
        private final int slot;
        private final boolean captured;
        private final Node function;

        DeclareFunction(int slot, boolean captured, Node function) {
            this.slot = slot;
            this.captured = captured;
            this.function = function;
        }

        @Override
        int run(Frame f) {
            if (!captured) {
                f.d[slot] = function.exec(f);
                f.o[slot] = f.s.out;
                return NEXT;
            }
            var cell = new Cell(LuaValues.TAG, LuaNil.NIL);
            f.o[slot] = cell;
            cell.d = function.exec(f);
            cell.o = f.s.out;
            return NEXT;
        }

        @Override
        public Form form() {
            return new Form.DeclareFunction(slot, captured, function);
        }
    }

    /// `local a, b = values`.
    static final class DeclareMany extends Step {
        private final int[] slots;
        private final boolean[] captured;
        private final Values values;

        DeclareMany(int[] slots, boolean[] captured, Values values) {
            this.slots = slots;
            this.captured = captured;
            this.values = values;
        }

        @Override
        int run(Frame f) {
            Multi all = values.eval(f, 0);
            for (int i = 0; i < slots.length; i++) {
                double v = i < all.count ? all.d[i] : LuaValues.TAG;
                Object o = i < all.count ? all.o[i] : LuaNil.NIL;
                declare(f, slots[i], captured[i], v, o);
            }
            return NEXT;
        }

        @Override
        public Form form() {
            return new Form.DeclareMany(variables(slots, captured), values);
        }
    }

    static List<Form.Variable> variables(int[] slots, boolean[] captured) {
        return IntStream.range(0, slots.length)
                .mapToObj(i -> new Form.Variable(slots[i], captured[i]))
                .toList();
    }

    /// Begins a local variable's life.
    static void declare(Frame f, int slot, boolean captured, double v, Object o) {
        if (captured) {
            f.o[slot] = new Cell(v, o);
        } else {
            f.put(slot, v, o);
        }
    }

    static final class Assign extends Step {
        private final Targets.Target target;
        private final Node value;

        Assign(Targets.Target target, Node value) {
            this.target = target;
            this.value = value;
        }

        @Override
        int run(Frame f) {
            target.assign(f, value);
            return NEXT;
        }

        @Override
        public Form form() {
            return new Form.Assign(target.place(), value);
        }
    }

    /// `a, b = values`: targets' tables and keys, then values, then the assignments from the right.
    static final class AssignMany extends Step {
        private final Targets.Target[] targets;
        private final Values values;
        private final int place;

        /// @param place where the frame notes the values
        AssignMany(Targets.Target[] targets, Values values, int place) {
            this.targets = targets;
            this.values = values;
            this.place = place;
        }

        @Override
        int run(Frame f) {
            int n = targets.length;
            var kept = new Multi(new double[2 * n], new Object[2 * n], 2 * n);
            for (int i = 0; i < n; i++) {
                targets[i].before(f, kept, 2 * i);
            }
            Multi all = values.eval(f, 0);
            f.o[place] = all;
            for (int i = n - 1; i >= 0; i--) {
                double v = i < all.count ? all.d[i] : LuaValues.TAG;
                Object o = i < all.count ? all.o[i] : LuaNil.NIL;
                targets[i].set(f, kept, 2 * i, v, o);
            }
            return NEXT;
        }

        @Override
        public Form form() {
            return new Form.AssignMany(
                    Arrays.stream(targets).map(Targets.Target::place).toList(), values, place);
        }
    }

    static final class If extends Step {
        private final Node[] conditions;
        private final Step[] blocks;
        private final Step otherwise;

        If(Node[] conditions, Step[] blocks, Step otherwise) {
            this.conditions = conditions;
            this.blocks = blocks;
            this.otherwise = otherwise;
        }

        @Override
        int run(Frame f) {
            for (int i = 0; i < conditions.length; i++) {
                if (conditions[i].test(f)) {
                    return blocks[i].run(f);
                }
            }
            return otherwise.run(f);
        }

        @Override
        public Form form() {
            var branches = new ArrayList<Form.Branch>();
            for (int i = 0; i < conditions.length; i++) {
                branches.add(new Form.Branch(conditions[i], blocks[i]));
            }
            return new Form.Choice(branches, otherwise);
        }
    }

    /// `if condition then ... else ... end`.
    static final class Choice extends Step {
        private final Node condition;
        private final Step then;
        private final Step otherwise;

        Choice(Node condition, Step then, Step otherwise) {
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        int run(Frame f) {
            return condition.test(f) ? then.run(f) : otherwise.run(f);
        }

        @Override
        public Form form() {
            return new Form.Choice(List.of(new Form.Branch(condition, then)), otherwise);
        }
    }

    static final class Return extends Step {
        private final Values values;

        Return(Values values) {
            this.values = values;
        }

        @Override
        int run(Frame f) {
            LuaState s = f.s;
            s.out = values.nodes.length == 0 ? Multi.NONE : values.eval(f, 0);
            f.r = LuaValues.TAG;
            return RETURN;
        }

        @Override
        public Form form() {
            return new Form.Return(values);
        }
    }

    static final class ReturnOne extends Step {
        private final Node value;

        ReturnOne(Node value) {
            this.value = value;
        }

        @Override
        int run(Frame f) {
            f.r = value.multi(f);
            return RETURN;
        }

        @Override
        public Form form() {
            return new Form.ReturnOne(value);
        }
    }

    static final class TailCall extends Step {
        private final CallNodes.Call call;

        TailCall(CallNodes.Call call) {
            this.call = call;
        }

        @Override
        int run(Frame f) {
            return call.prepare(f) ? TAIL : RETURN;
        }

        @Override
        public Form form() {
            return new Form.TailCall(call);
        }
    }

    static final class Break extends Step {
        @Override
        int run(Frame f) {
            return BREAK;
        }

        @Override
        public Form form() {
            return new Form.Break();
        }
    }

    static final class Goto extends Step {
        private final Label label;

        Goto(Label label) {
            this.label = label;
        }

        @Override
        int run(Frame f) {
            f.jump = label;
            return GOTO;
        }

        @Override
        public Form form() {
            return new Form.Goto(label);
        }
    }
}
