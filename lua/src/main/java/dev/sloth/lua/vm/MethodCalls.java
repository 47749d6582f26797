package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
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

        @Override
        public Shape shape() {
            return field.shape();
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

        @Override
        public final Shape shape() {
            return new Shape.Method(object, lookup::method, arguments, site, this);
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
            double fd = lookup.method(f, d, o);
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
            double fd = lookup.method(f, d, o);
            return one(f, fd, s.out, d, o);
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
            double fd = lookup.method(f, d, o);
            Object fo = s.out;
            double a = first.exec(f);
            return two(f, fd, fo, d, o, a, s.out);
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
            double fd = lookup.method(f, d, o);
            Object fo = s.out;
            double a = first.exec(f);
            Object ao = s.out;
            double b = second.exec(f);
            return three(f, fd, fo, d, o, a, ao, b, s.out);
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
            double fd = lookup.method(f, d, o);
            Object fo = s.out;
            return many(f, fd, fo, arguments(f, d, o));
        }
    }
}
