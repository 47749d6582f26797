package dev.sloth.lua.vm;

import dev.sloth.lua.value.Blame;
import dev.sloth.lua.value.Calls;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;

/// Calls, by how many arguments they have.
final class CallNodes {
    private CallNodes() {}

    /// What is called, and where the call stands.
    abstract static class Call extends Node implements Blame {
        final Node callee;
        final int site;

        Call(Node callee, int site) {
            this.callee = callee;
            this.site = site;
        }

        @Override
        final double exec(Frame f) {
            return f.s.first(multi(f));
        }

        @Override
        final boolean isOpen() {
            return true;
        }

        @Override
        public final String name(int operand) {
            return callee.described();
        }

        /// Evaluates callee and arguments, and leaves them in the frame for a tail call; false, if
        /// the callee is not a Lua function: then the call is done and its result in `f.r`.
        abstract boolean prepare(Frame f);

        final boolean prepared(Frame f, double fd, Object fo, Multi arguments) {
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaClosure closure) {
                f.next = closure;
                f.varargs = arguments;
                return true;
            }
            f.r = many(f, fd, fo, arguments);
            return false;
        }

        final double many(Frame f, double fd, Object fo, Multi m) {
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(f.s, m.d, m.o, m.count);
            }
            return Calls.called(f.s, fd, fo, m.d, m.o, m.count, this);
        }
    }

    static Call of(Node callee, Values arguments, int site) {
        if (arguments.isOpen()) {
            return new Many(callee, arguments, site);
        }
        Node[] a = arguments.nodes;
        return switch (a.length) {
            case 0 -> new None(callee, arguments, site);
            case 1 -> new One(callee, arguments, site);
            case 2 -> new Two(callee, arguments, site);
            case 3 -> new Three(callee, arguments, site);
            default -> new Many(callee, arguments, site);
        };
    }

    abstract static class Plain extends Call {
        final Values arguments;

        Plain(Node callee, Values arguments, int site) {
            super(callee, site);
            this.arguments = arguments;
        }

        @Override
        final boolean prepare(Frame f) {
            double fd = callee.exec(f);
            Object fo = f.s.out;
            return prepared(f, fd, fo, arguments.eval(f, 0));
        }
    }

    private static final class None extends Plain {
        None(Node callee, Values arguments, int site) {
            super(callee, arguments, site);
        }

        @Override
        double multi(Frame f) {
            LuaState s = f.s;
            double fd = callee.exec(f);
            Object fo = s.out;
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(s);
            }
            return many(f, fd, fo, Multi.NONE);
        }
    }

    private static final class One extends Plain {
        private final Node first;

        One(Node callee, Values arguments, int site) {
            super(callee, arguments, site);
            this.first = arguments.nodes[0];
        }

        @Override
        double multi(Frame f) {
            LuaState s = f.s;
            double fd = callee.exec(f);
            Object fo = s.out;
            double a = first.exec(f);
            Object ao = s.out;
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(s, a, ao);
            }
            return many(f, fd, fo, new Multi(new double[] {a}, new Object[] {ao}, 1));
        }
    }

    private static final class Two extends Plain {
        private final Node first;
        private final Node second;

        Two(Node callee, Values arguments, int site) {
            super(callee, arguments, site);
            this.first = arguments.nodes[0];
            this.second = arguments.nodes[1];
        }

        @Override
        double multi(Frame f) {
            LuaState s = f.s;
            double fd = callee.exec(f);
            Object fo = s.out;
            double a = first.exec(f);
            Object ao = s.out;
            double b = second.exec(f);
            Object bo = s.out;
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(s, a, ao, b, bo);
            }
            return many(f, fd, fo, new Multi(new double[] {a, b}, new Object[] {ao, bo}, 2));
        }
    }

    private static final class Three extends Plain {
        private final Node first;
        private final Node second;
        private final Node third;

        Three(Node callee, Values arguments, int site) {
            super(callee, arguments, site);
            this.first = arguments.nodes[0];
            this.second = arguments.nodes[1];
            this.third = arguments.nodes[2];
        }

        @Override
        double multi(Frame f) {
            LuaState s = f.s;
            double fd = callee.exec(f);
            Object fo = s.out;
            double a = first.exec(f);
            Object ao = s.out;
            double b = second.exec(f);
            Object bo = s.out;
            double c = third.exec(f);
            Object co = s.out;
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(s, a, ao, b, bo, c, co);
            }
            var all = new Multi(new double[] {a, b, c}, new Object[] {ao, bo, co}, 3);
            return many(f, fd, fo, all);
        }
    }

    private static final class Many extends Plain {
        Many(Node callee, Values arguments, int site) {
            super(callee, arguments, site);
        }

        @Override
        double multi(Frame f) {
            double fd = callee.exec(f);
            Object fo = f.s.out;
            Multi all = arguments.eval(f, 0);
            f.site = site;
            return many(f, fd, fo, all);
        }
    }
}
