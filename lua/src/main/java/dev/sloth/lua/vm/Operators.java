package dev.sloth.lua.vm;

import dev.sloth.lua.value.Arithmetic;
import dev.sloth.lua.value.Blame;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Metamethod;

/// Arithmetic: compute first, and ask what the operands were only when the result is no number.
final class Operators {
    private Operators() {}

    abstract static class Binary extends Node implements Blame, Operation.Two {
        final Node left;
        final Node right;
        final int site;

        Binary(Node left, Node right, int site) {
            this.left = left;
            this.right = right;
            this.site = site;
        }

        @Override
        public final String name(int operand) {
            return (operand == 0 ? left : right).described();
        }

        abstract Metamethod metamethod();

        /// Whatever the operands are.
        @Override
        public final double of(Frame f, double a, Object ao, double b, Object bo) {
            f.site = site;
            return Arithmetic.apply(f.s, metamethod(), a, ao, b, bo, this);
        }

        @Override
        public Shape shape() {
            return new Shape.Arithmetic(metamethod().sign(), left, right, this);
        }
    }

    static final class Add extends Binary {
        Add(Node left, Node right, int site) {
            super(left, right, site);
        }

        @Override
        double exec(Frame f) {
            double a = left.exec(f);
            Object ao = f.object(a);
            double b = right.exec(f);
            double r = a + b;
            return Double.isNaN(r) ? of(f, a, ao, b, f.object(b)) : r;
        }

        @Override
        Metamethod metamethod() {
            return Metamethod.ADD;
        }
    }

    static final class Subtract extends Binary {
        Subtract(Node left, Node right, int site) {
            super(left, right, site);
        }

        @Override
        double exec(Frame f) {
            double a = left.exec(f);
            Object ao = f.object(a);
            double b = right.exec(f);
            double r = a - b;
            return Double.isNaN(r) ? of(f, a, ao, b, f.object(b)) : r;
        }

        @Override
        Metamethod metamethod() {
            return Metamethod.SUBTRACT;
        }
    }

    /// `a + c` with a constant; `a - c` is `a + -c`.
    static final class AddConstant extends Binary {
        private final double constant;
        private final double added;
        private final Metamethod op;

        AddConstant(Node left, Constants.Num right, Metamethod op, int site) {
            super(left, right, site);
            this.op = op;
            this.constant = right.value;
            this.added = op == Metamethod.ADD ? right.value : -right.value;
        }

        @Override
        double exec(Frame f) {
            double a = left.exec(f);
            double r = a + added;
            return Double.isNaN(r) ? of(f, a, f.object(a), constant, f.object(constant)) : r;
        }

        @Override
        Metamethod metamethod() {
            return op;
        }
    }

    static final class Multiply extends Binary {
        Multiply(Node left, Node right, int site) {
            super(left, right, site);
        }

        @Override
        double exec(Frame f) {
            double a = left.exec(f);
            Object ao = f.object(a);
            double b = right.exec(f);
            double r = a * b;
            return Double.isNaN(r) ? of(f, a, ao, b, f.object(b)) : r;
        }

        @Override
        Metamethod metamethod() {
            return Metamethod.MULTIPLY;
        }
    }

    static final class Divide extends Binary {
        Divide(Node left, Node right, int site) {
            super(left, right, site);
        }

        @Override
        double exec(Frame f) {
            double a = left.exec(f);
            Object ao = f.object(a);
            double b = right.exec(f);
            double r = a / b;
            return Double.isNaN(r) ? of(f, a, ao, b, f.object(b)) : r;
        }

        @Override
        Metamethod metamethod() {
            return Metamethod.DIVIDE;
        }
    }

    static final class Modulo extends Binary {
        Modulo(Node left, Node right, int site) {
            super(left, right, site);
        }

        @Override
        double exec(Frame f) {
            double a = left.exec(f);
            Object ao = f.object(a);
            double b = right.exec(f);
            double r = Arithmetic.modulo(a, b);
            return Double.isNaN(r) ? of(f, a, ao, b, f.object(b)) : r;
        }

        @Override
        Metamethod metamethod() {
            return Metamethod.MODULO;
        }
    }

    static final class Power extends Binary {
        Power(Node left, Node right, int site) {
            super(left, right, site);
        }

        @Override
        double exec(Frame f) {
            double a = left.exec(f);
            Object ao = f.object(a);
            double b = right.exec(f);
            if (LuaValues.isObject(a) || LuaValues.isObject(b)) {
                return of(f, a, ao, b, f.object(b));
            }
            return LuaValues.number(Arithmetic.power(a, b));
        }

        @Override
        Metamethod metamethod() {
            return Metamethod.POWER;
        }
    }

    abstract static class Unary extends Node implements Blame, Operation.One {
        final Node operand;
        final int site;

        Unary(Node operand, int site) {
            this.operand = operand;
            this.site = site;
        }

        @Override
        public final String name(int place) {
            return operand.described();
        }
    }

    static final class Negate extends Unary {
        Negate(Node operand, int site) {
            super(operand, site);
        }

        @Override
        double exec(Frame f) {
            double a = operand.exec(f);
            return Double.isNaN(a) ? of(f, a, f.object(a)) : -a;
        }

        @Override
        public double of(Frame f, double a, Object ao) {
            f.site = site;
            return Arithmetic.negate(f.s, a, ao, this);
        }

        @Override
        public Shape shape() {
            return new Shape.Negation(operand, this);
        }
    }

    static final class Length extends Unary {
        Length(Node operand, int site) {
            super(operand, site);
        }

        @Override
        double exec(Frame f) {
            double a = operand.exec(f);
            return of(f, a, f.object(a));
        }

        @Override
        public double of(Frame f, double a, Object ao) {
            if (LuaValues.isObject(a)) {
                if (ao instanceof LuaTable table) {
                    return table.length();
                }
                if (ao instanceof LuaString text) {
                    return text.length();
                }
            }
            f.site = site;
            return Arithmetic.length(f.s, a, ao, this);
        }

        @Override
        public Shape shape() {
            return new Shape.Unary(operand, this);
        }
    }

    /// An expression in parentheses, which has no name and one value.
    static final class Single extends Node {
        private final Node inner;

        Single(Node inner) {
            this.inner = inner;
        }

        @Override
        double exec(Frame f) {
            return inner.exec(f);
        }

        @Override
        boolean test(Frame f) {
            return inner.test(f);
        }

        @Override
        public Shape shape() {
            return new Shape.Single(inner);
        }
    }
}
