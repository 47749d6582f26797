package dev.sloth.lua.vm;

import dev.sloth.lua.value.Blame;
import dev.sloth.lua.value.Calls;
import dev.sloth.lua.value.Iterators;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;
import org.jspecify.annotations.Nullable;

/// Loops. Each turn counts a step.
final class Loops {
    private Loops() {}

    abstract static class Loop extends Step {
        private final Heat heat;

        Loop(Heat heat) {
            this.heat = heat;
        }

        /// Counts a turn; gives what goes on with the loop, if something does.
        final @Nullable HotLoop turn(LuaState s) {
            if (--s.fuel < 0) {
                s.refuel();
            }
            return heat.turn(s, this);
        }

        static int plain(HotLoop hot, Frame f) {
            return hot.run(f, HotLoop.PLAIN, 0, LuaNil.NIL, 0, LuaNil.NIL, 0, LuaNil.NIL);
        }
    }

    static final class While extends Loop {
        private final Node condition;
        private final Step body;

        While(Node condition, Step body, Heat heat) {
            super(heat);
            this.condition = condition;
            this.body = body;
        }

        @Override
        int run(Frame f) {
            while (condition.test(f)) {
                int end = body.run(f);
                if (end != NEXT) {
                    return end == BREAK ? NEXT : end;
                }
                HotLoop hot = turn(f.s);
                if (hot != null) {
                    return plain(hot, f);
                }
            }
            return NEXT;
        }

        @Override
        public Form form() {
            return new Form.While(condition, body);
        }
    }

    static final class Repeat extends Loop {
        private final Step body;
        private final Node condition;

        Repeat(Step body, Node condition, Heat heat) {
            super(heat);
            this.body = body;
            this.condition = condition;
        }

        @Override
        int run(Frame f) {
            while (true) {
                int end = body.run(f);
                if (end != NEXT) {
                    return end == BREAK ? NEXT : end;
                }
                HotLoop hot = turn(f.s);
                if (condition.test(f)) {
                    return NEXT;
                }
                if (hot != null) {
                    return plain(hot, f);
                }
            }
        }

        @Override
        public Form form() {
            return new Form.Repeat(body, condition);
        }
    }

    static final class Numeric extends Loop implements Operation.Bounds {
        private final int slot;
        private final boolean captured;
        private final Node from;
        private final Node to;
        private final Node step;
        private final Step body;
        private final int site;

        Numeric(
                int slot,
                boolean captured,
                Node from,
                Node to,
                Node step,
                Step body,
                int site,
                Heat heat) {
            super(heat);
            this.slot = slot;
            this.captured = captured;
            this.from = from;
            this.to = to;
            this.step = step;
            this.body = body;
            this.site = site;
        }

        @Override
        int run(Frame f) {
            double first = from.exec(f);
            Object firstObject = f.object(first);
            double last = to.exec(f);
            Object lastObject = f.object(last);
            double by = step.exec(f);
            Object byObject = f.object(by);
            first = first(f, first, firstObject);
            last = last(f, last, lastObject);
            by = step(f, by, byObject);
            return loop(f, first, last, by);
        }

        @Override
        public double first(Frame f, double d, Object o) {
            return number(f, d, o, "initial value");
        }

        @Override
        public double last(Frame f, double d, Object o) {
            return number(f, d, o, "limit");
        }

        @Override
        public double step(Frame f, double d, Object o) {
            return number(f, d, o, "step");
        }

        private double number(Frame f, double d, Object o, String what) {
            double v = LuaNumbers.coerce(d, o);
            if (LuaValues.isObject(v)) {
                f.site = site;
                throw f.s.error("'for' " + what + " must be a number");
            }
            return v;
        }

        private int loop(Frame f, double first, double last, double by) {
            LuaState s = f.s;
            for (double i = first; by > 0 ? i <= last : i >= last; i += by) {
                if (captured) {
                    f.o[slot] = new Cell(i, LuaNil.NIL);
                } else {
                    f.d[slot] = i;
                }
                int end = body.run(f);
                if (end != NEXT) {
                    return end == BREAK ? NEXT : end;
                }
                HotLoop hot = turn(s);
                if (hot != null) {
                    double next = i + by;
                    return hot.run(
                            f, HotLoop.NUMERIC, next, LuaNil.NIL, last, LuaNil.NIL, by, LuaNil.NIL);
                }
            }
            return NEXT;
        }

        @Override
        public Form form() {
            return new Form.Numeric(new Form.Variable(slot, captured), from, to, step, body, this);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the iterators are known by identity
    static final class Generic extends Loop implements Blame, Operation.Iteration {
        private final int[] slots;
        private final boolean[] captured;
        private final Values values;
        private final int place;
        private final Step body;
        private final int site;

        /// @param place where the frame notes what the loop goes by; the next one is for the
        ///   control value
        Generic(
                int[] slots,
                boolean[] captured,
                Values values,
                int place,
                Step body,
                int site,
                Heat heat) {
            super(heat);
            this.slots = slots;
            this.captured = captured;
            this.values = values;
            this.place = place;
            this.body = body;
            this.site = site;
        }

        @Override
        public String name(int operand) {
            return "";
        }

        @Override
        int run(Frame f) {
            Multi m = values.eval(f, 0);
            double fd = Values.number(m, 0);
            Object fo = Values.object(m, 0);
            double sd = Values.number(m, 1);
            Object so = Values.object(m, 1);
            double control = Values.number(m, 2);
            Object controlObject = Values.object(m, 2);
            return switch (begin(f, m)) {
                case HotLoop.PAIRS -> pairs(f, (LuaTable) so);
                case HotLoop.ITEMS -> ipairs(f, (LuaTable) so);
                default -> general(f, fd, fo, sd, so, control, controlObject);
            };
        }

        @Override
        public int begin(Frame f, Multi m) {
            f.o[place] = m;
            return kind(m);
        }

        private static int kind(Multi m) {
            double fd = Values.number(m, 0);
            Object fo = Values.object(m, 0);
            boolean overTable =
                    LuaValues.isObject(fd)
                            && LuaValues.isObject(Values.number(m, 1))
                            && Values.object(m, 1) instanceof LuaTable;
            double control = Values.number(m, 2);
            if (overTable && fo == Iterators.NEXT) {
                boolean fromBegin =
                        LuaValues.isObject(control) && Values.object(m, 2) == LuaNil.NIL;
                return fromBegin ? HotLoop.PAIRS : HotLoop.GENERAL;
            }
            return overTable && fo == Iterators.INEXT && control == 0
                    ? HotLoop.ITEMS
                    : HotLoop.GENERAL;
        }

        private int pairs(Frame f, LuaTable table) {
            LuaState s = f.s;
            for (int at = table.nextPosition(-1); at >= 0; at = table.nextPosition(at)) {
                double k = table.keyAt(s, at);
                Steps.declare(f, slots[0], captured[0], k, s.out);
                if (slots.length > 1) {
                    double v = table.valueAt(s, at);
                    Steps.declare(f, slots[1], captured[1], v, s.out);
                    clear(f, 2);
                }
                int end = body.run(f);
                if (end != NEXT) {
                    return end == BREAK ? NEXT : end;
                }
                HotLoop hot = turn(s);
                if (hot != null) {
                    return over(hot, f, HotLoop.PAIRS, table, at);
                }
            }
            return NEXT;
        }

        private int ipairs(Frame f, LuaTable table) {
            LuaState s = f.s;
            for (long i = 1; ; i++) {
                double v = table.getInt(s, i);
                Object vo = f.object(v);
                if (LuaValues.isObject(v) && vo == LuaNil.NIL) {
                    return NEXT;
                }
                Steps.declare(f, slots[0], captured[0], (double) i, LuaNil.NIL);
                if (slots.length > 1) {
                    Steps.declare(f, slots[1], captured[1], v, vo);
                    clear(f, 2);
                }
                int end = body.run(f);
                if (end != NEXT) {
                    return end == BREAK ? NEXT : end;
                }
                HotLoop hot = turn(s);
                if (hot != null) {
                    return over(hot, f, HotLoop.ITEMS, table, (double) i + 1);
                }
            }
        }

        private static int over(HotLoop hot, Frame f, int kind, LuaTable table, double at) {
            return hot.run(
                    f, kind, LuaValues.TAG, LuaNil.NIL, LuaValues.TAG, table, at, LuaNil.NIL);
        }

        private void clear(Frame f, int from) {
            for (int i = from; i < slots.length; i++) {
                Steps.declare(f, slots[i], captured[i], LuaValues.TAG, LuaNil.NIL);
            }
        }

        private int general(
                Frame f, double fd, Object fo, double sd, Object so, double first, Object firstO) {
            LuaState s = f.s;
            double control = first;
            Object controlObject = firstO;
            while (true) {
                double r = step(f, fd, fo, sd, so, control, controlObject);
                if (LuaValues.isObject(r) && s.out instanceof Multi m) {
                    control = m.count > 0 ? m.d[0] : LuaValues.TAG;
                    controlObject = m.count > 0 ? m.o[0] : LuaNil.NIL;
                    if (LuaValues.isObject(control) && controlObject == LuaNil.NIL) {
                        return NEXT;
                    }
                    for (int i = 0; i < slots.length; i++) {
                        double v = i < m.count ? m.d[i] : LuaValues.TAG;
                        Object vo = i < m.count ? m.o[i] : LuaNil.NIL;
                        Steps.declare(f, slots[i], captured[i], v, vo);
                    }
                } else {
                    control = r;
                    controlObject = f.object(control);
                    if (LuaValues.isObject(control) && controlObject == LuaNil.NIL) {
                        return NEXT;
                    }
                    Steps.declare(f, slots[0], captured[0], control, controlObject);
                    clear(f, 1);
                }
                int end = body.run(f);
                if (end != NEXT) {
                    return end == BREAK ? NEXT : end;
                }
                HotLoop hot = turn(s);
                if (hot != null) {
                    return hot.run(f, HotLoop.GENERAL, fd, fo, sd, so, control, controlObject);
                }
            }
        }

        @Override
        public Form form() {
            return new Form.Generic(Steps.variables(slots, captured), values, body, this);
        }

        @Override
        public double step(
                Frame f, double fd, Object fo, double sd, Object so, double c, Object co) {
            f.site = site;
            LuaState s = f.s;
            if (Double.isNaN(c)) {
                f.o[place + 1] = co;
            }
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(s, sd, so, c, co);
            }
            return Calls.called(s, fd, fo, new double[] {sd, c}, new Object[] {so, co}, 2, this);
        }
    }
}
