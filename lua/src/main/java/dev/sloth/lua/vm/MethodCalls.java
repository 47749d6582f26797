package dev.sloth.lua.vm;

import dev.sloth.lua.value.Multi;

/// `object:method(arguments)`.
final class MethodCalls {
    private MethodCalls() {}

    static CallNodes.Call of(Method method, Values arguments, int site) {
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
        private final int place;

        /// @param place where the frame notes what is found; negative if it need not be noted
        Method(Indexes.Field field, int place) {
            this.field = field;
            this.place = place;
        }

        /// The method of an object that is there already.
        double of(Frame f, double d, Object o) {
            double found = field.method(f, d, o);
            if (place >= 0 && Double.isNaN(found)) {
                f.o[place] = f.s.out;
            }
            return found;
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
        final Method lookup;
        final Values arguments;

        OnObject(Method method, Values arguments, int site) {
            super(method, site);
            this.object = method.field.object;
            this.lookup = method;
            this.arguments = arguments;
        }

        @Override
        public final Shape shape() {
            return new Shape.Method(object, lookup::of, arguments, site, this);
        }

        final Multi arguments(Frame f, double d, Object o) {
            Multi all = arguments.eval(f, 1);
            all.d[0] = d;
            all.o[0] = o;
            return all;
        }

        @Override
        final boolean prepare(Frame f) {
            double d = object.exec(f);
            Object o = f.object(d);
            double fd = lookup.of(f, d, o);
            Object fo = f.object(fd);
            return prepared(f, fd, fo, arguments(f, d, o));
        }
    }

    private static final class None extends OnObject {
        None(Method method, Values arguments, int site) {
            super(method, arguments, site);
        }

        @Override
        double multi(Frame f) {
            double d = object.exec(f);
            Object o = f.object(d);
            double fd = lookup.of(f, d, o);
            return one(f, fd, f.object(fd), d, o);
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
            double d = object.exec(f);
            Object o = f.object(d);
            double fd = lookup.of(f, d, o);
            Object fo = f.object(fd);
            double a = first.exec(f);
            return two(f, fd, fo, d, o, a, f.object(a));
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
            double d = object.exec(f);
            Object o = f.object(d);
            double fd = lookup.of(f, d, o);
            Object fo = f.object(fd);
            double a = first.exec(f);
            Object ao = f.object(a);
            double b = second.exec(f);
            return three(f, fd, fo, d, o, a, ao, b, f.object(b));
        }
    }

    private static final class Many extends OnObject {
        Many(Method method, Values arguments, int site) {
            super(method, arguments, site);
        }

        @Override
        double multi(Frame f) {
            double d = object.exec(f);
            Object o = f.object(d);
            double fd = lookup.of(f, d, o);
            Object fo = f.object(fd);
            return many(f, fd, fo, arguments(f, d, o));
        }
    }
}
