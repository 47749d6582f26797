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

/// Loops. Each turn counts a step.
final class Loops {
    private Loops() {}

    private static void turn(LuaState s) {
        if (--s.fuel < 0) {
            s.refuel();
        }
    }

    static final class While extends Step {
        private final Node condition;
        private final Step body;

        While(Node condition, Step body) {
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
                turn(f.s);
            }
            return NEXT;
        }
    }

    static final class Repeat extends Step {
        private final Step body;
        private final Node condition;

        Repeat(Step body, Node condition) {
            this.body = body;
            this.condition = condition;
        }

        @Override
        int run(Frame f) {
            do {
                int end = body.run(f);
                if (end != NEXT) {
                    return end == BREAK ? NEXT : end;
                }
                turn(f.s);
            } while (!condition.test(f));
            return NEXT;
        }
    }

    static final class Numeric extends Step {
        private final int slot;
        private final boolean captured;
        private final Node from;
        private final Node to;
        private final Node step;
        private final Step body;
        private final int site;

        Numeric(int slot, boolean captured, Node from, Node to, Node step, Step body, int site) {
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
            Object firstObject = f.s.out;
            double last = to.exec(f);
            Object lastObject = f.s.out;
            double by = step.exec(f);
            Object byObject = f.s.out;
            first = number(f, first, firstObject, "initial value");
            last = number(f, last, lastObject, "limit");
            by = number(f, by, byObject, "step");
            return loop(f, first, last, by);
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
                turn(s);
            }
            return NEXT;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the iterators are known by identity
    static final class Generic extends Step implements Blame {
        private final int[] slots;
        private final boolean[] captured;
        private final Values values;
        private final Step body;
        private final int site;

        Generic(int[] slots, boolean[] captured, Values values, Step body, int site) {
            this.slots = slots;
            this.captured = captured;
            this.values = values;
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
            Object fo = m.count > 0 ? m.o[0] : LuaNil.NIL;
            double fd = m.count > 0 ? m.d[0] : LuaValues.TAG;
            Object state = m.count > 1 ? m.o[1] : LuaNil.NIL;
            double stateNumber = m.count > 1 ? m.d[1] : LuaValues.TAG;
            Object control = m.count > 2 ? m.o[2] : LuaNil.NIL;
            double controlNumber = m.count > 2 ? m.d[2] : LuaValues.TAG;
            if (LuaValues.isObject(fd) && state instanceof LuaTable table) {
                if (fo == Iterators.NEXT
                        && LuaValues.isObject(controlNumber)
                        && control == LuaNil.NIL) {
                    return pairs(f, table);
                }
                if (fo == Iterators.INEXT && controlNumber == 0) {
                    return ipairs(f, table);
                }
            }
            return general(f, fd, fo, stateNumber, state, controlNumber, control);
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
                turn(s);
            }
            return NEXT;
        }

        private int ipairs(Frame f, LuaTable table) {
            LuaState s = f.s;
            for (long i = 1; ; i++) {
                double v = table.getInt(s, i);
                Object vo = s.out;
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
                turn(s);
            }
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
                f.site = site;
                double r = step(s, fd, fo, sd, so, control, controlObject);
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
                    controlObject = s.out;
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
                turn(s);
            }
        }

        private double step(
                LuaState s, double fd, Object fo, double sd, Object so, double c, Object co) {
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(s, sd, so, c, co);
            }
            return Calls.called(s, fd, fo, new double[] {sd, c}, new Object[] {so, co}, 2, this);
        }
    }
}
