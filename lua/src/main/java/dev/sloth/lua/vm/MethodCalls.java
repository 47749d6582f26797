package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;

/// `object:method(arguments)`.
final class MethodCalls {
    private MethodCalls() {}

    static CallNodes.Call of(
            Node object, LuaString name, Values arguments, int lookupSite, int site) {
        var method = new Method(object, name, lookupSite);
        if (arguments.isOpen() || arguments.nodes.length > 2) {
            return new Many(method, arguments, site);
        }
        return switch (arguments.nodes.length) {
            case 0 -> new None(method, arguments, site);
            case 1 -> new One(method, arguments, site);
            default -> new Two(method, arguments, site);
        };
    }

    /// The lookup of the method; for messages a method, not a field.
    static final class Method extends Node {
        private final Indexes.Field field;

        Method(Node object, LuaString name, int site) {
            this.field = new Indexes.Field(object, name, site);
        }

        @Override
        double exec(Frame f) {
            return field.exec(f);
        }

        @Override
        String kind() {
            return "method";
        }

        @Override
        String name() {
            return field.name();
        }
    }

    abstract static class OnObject extends CallNodes.Call {
        final Node object;
        final Indexes.Field lookup;
        final Values arguments;

        OnObject(Method method, Values arguments, int site) {
            super(method, site);
            this.object = method.field.object;
            this.lookup = method.field;
            this.arguments = arguments;
        }

        final Multi arguments(Frame f, double d, Object o) {
            Multi all = arguments.eval(f, 1);
            all.d[0] = d;
            all.o[0] = o;
            return all;
        }

        @Override
        final boolean prepare(Frame f) {
            LuaState s = f.s;
            double d = object.exec(f);
            Object o = s.out;
            double fd = lookup.of(f, d, o);
            Object fo = s.out;
            return prepared(f, fd, fo, arguments(f, d, o));
        }
    }

    private static final class None extends OnObject {
        None(Method method, Values arguments, int site) {
            super(method, arguments, site);
        }

        @Override
        double multi(Frame f) {
            LuaState s = f.s;
            double d = object.exec(f);
            Object o = s.out;
            double fd = lookup.of(f, d, o);
            Object fo = s.out;
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(s, d, o);
            }
            return many(f, fd, fo, new Multi(new double[] {d}, new Object[] {o}, 1));
        }
    }

    private static final class One extends OnObject {
        private final Node first;

        One(Method method, Values arguments, int site) {
            super(method, arguments, site);
            this.first = arguments.nodes[0];
        }

        @Override
        double multi(Frame f) {
            LuaState s = f.s;
            double d = object.exec(f);
            Object o = s.out;
            double fd = lookup.of(f, d, o);
            Object fo = s.out;
            double a = first.exec(f);
            Object ao = s.out;
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(s, d, o, a, ao);
            }
            return many(f, fd, fo, new Multi(new double[] {d, a}, new Object[] {o, ao}, 2));
        }
    }

    private static final class Two extends OnObject {
        private final Node first;
        private final Node second;

        Two(Method method, Values arguments, int site) {
            super(method, arguments, site);
            this.first = arguments.nodes[0];
            this.second = arguments.nodes[1];
        }

        @Override
        double multi(Frame f) {
            LuaState s = f.s;
            double d = object.exec(f);
            Object o = s.out;
            double fd = lookup.of(f, d, o);
            Object fo = s.out;
            double a = first.exec(f);
            Object ao = s.out;
            double b = second.exec(f);
            Object bo = s.out;
            f.site = site;
            if (LuaValues.isObject(fd) && fo instanceof LuaFunction function) {
                return function.call(s, d, o, a, ao, b, bo);
            }
            var all = new Multi(new double[] {d, a, b}, new Object[] {o, ao, bo}, 3);
            return many(f, fd, fo, all);
        }
    }

    private static final class Many extends OnObject {
        Many(Method method, Values arguments, int site) {
            super(method, arguments, site);
        }

        @Override
        double multi(Frame f) {
            LuaState s = f.s;
            double d = object.exec(f);
            Object o = s.out;
            double fd = lookup.of(f, d, o);
            Object fo = s.out;
            Multi all = arguments(f, d, o);
            f.site = site;
            return many(f, fd, fo, all);
        }
    }
}
