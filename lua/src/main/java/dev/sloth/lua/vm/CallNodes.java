package dev.sloth.lua.vm;

import dev.sloth.lua.value.Blame;
import dev.sloth.lua.value.Calls;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;

/// Calls, by how many arguments they have.
final class CallNodes {
    private CallNodes() {}

    /// What is called, and where the call stands.
    abstract static class Call extends Node implements Blame, Operation.Calling {
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
        public final boolean isOpen() {
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
                f.passed = arguments;
                return true;
            }
            f.r = many(f, fd, fo, arguments);
            return false;
        }

        final double many(Frame f, double fd, Object fo, Multi m) {
            return many(f, fd, fo, m.d, m.o, m.count);
        }

        @Override
        public final double many(Frame f, double fd, Object fo, double[] d, Object[] o, int n) {
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(f.s, d, o, n);
            }
            return Calls.called(f.s, fd, fo, d, o, n, this);
        }

        @Override
        public final boolean last(Frame f, double fd, Object fo, double[] d, Object[] o, int n) {
            return prepared(f, fd, fo, new Multi(d, o, n));
        }

        @Override
        public final double none(Frame f, double fd, Object fo) {
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(f.s);
            }
            return many(f, fd, fo, Multi.NONE);
        }

        @Override
        public final double one(Frame f, double fd, Object fo, double a, Object ao) {
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(f.s, a, ao);
            }
            return many(f, fd, fo, new Multi(new double[] {a}, new Object[] {ao}, 1));
        }

        @Override
        public final double two(
                Frame f, double fd, Object fo, double a, Object ao, double b, Object bo) {
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(f.s, a, ao, b, bo);
            }
            return many(f, fd, fo, new Multi(new double[] {a, b}, new Object[] {ao, bo}, 2));
        }

        @Override
        public final double three(
                Frame f,
                double fd,
                Object fo,
                double a,
                Object ao,
                double b,
                Object bo,
                double c,
                Object co) {
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(f.s, a, ao, b, bo, c, co);
            }
            var all = new Multi(new double[] {a, b, c}, new Object[] {ao, bo, co}, 3);
            return many(f, fd, fo, all);
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
            Object fo = f.object(fd);
            return prepared(f, fd, fo, arguments.eval(f, 0));
        }

        @Override
        public final Shape shape() {
            return new Shape.Call(callee, arguments, site, this);
        }
    }

    private static final class None extends Plain {
        None(Node callee, Values arguments, int site) {
            super(callee, arguments, site);
        }

        @Override
        double multi(Frame f) {
            double fd = callee.exec(f);
            return none(f, fd, f.object(fd));
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
            double fd = callee.exec(f);
            Object fo = f.object(fd);
            double a = first.exec(f);
            return one(f, fd, fo, a, f.object(a));
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
            double fd = callee.exec(f);
            Object fo = f.object(fd);
            double a = first.exec(f);
            Object ao = f.object(a);
            double b = second.exec(f);
            return two(f, fd, fo, a, ao, b, f.object(b));
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
            double fd = callee.exec(f);
            Object fo = f.object(fd);
            double a = first.exec(f);
            Object ao = f.object(a);
            double b = second.exec(f);
            Object bo = f.object(b);
            double c = third.exec(f);
            return three(f, fd, fo, a, ao, b, bo, c, f.object(c));
        }
    }

    private static final class Many extends Plain {
        Many(Node callee, Values arguments, int site) {
            super(callee, arguments, site);
        }

        @Override
        double multi(Frame f) {
            double fd = callee.exec(f);
            Object fo = f.object(fd);
            return many(f, fd, fo, arguments.eval(f, 0));
        }
    }
}
