package dev.sloth.lua.vm;

import dev.sloth.lua.value.Comparison;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaValues;

/// What is true or false: comparisons, `and`, `or`, `not`.
final class Logic {
    private Logic() {}

    /// A node whose value is a boolean, asked as one where possible.
    abstract static class Question extends Node {
        @Override
        abstract boolean test(Frame f);

        @Override
        final double exec(Frame f) {
            return f.s.ret(test(f));
        }

        @Override
        boolean isSafe() {
            return true;
        }
    }

    abstract static class Compare extends Question implements Operation.Question {
        final Node left;
        final Node right;
        final int site;

        Compare(Node left, Node right, int site) {
            this.left = left;
            this.right = right;
            this.site = site;
        }

        abstract Shape.Relation relation();

        @Override
        public final Shape shape() {
            return new Shape.Comparison(relation(), left, right, this);
        }
    }

    static final class Equal extends Compare {
        private final boolean wanted;

        Equal(Node left, Node right, boolean wanted, int site) {
            super(left, right, site);
            this.wanted = wanted;
        }

        @Override
        boolean test(Frame f) {
            double a = left.exec(f);
            Object ao = f.object(a);
            double b = right.exec(f);
            if (!Double.isNaN(a) || !Double.isNaN(b)) {
                return (a == b) == wanted;
            }
            return of(f, a, ao, b, f.object(b));
        }

        @Override
        public boolean of(Frame f, double a, Object ao, double b, Object bo) {
            f.site = site;
            return Comparison.equal(f.s, a, ao, b, bo) == wanted;
        }

        @Override
        Shape.Relation relation() {
            return wanted ? Shape.Relation.EQUAL : Shape.Relation.NOT_EQUAL;
        }
    }

    /// `a < b`, and `b > a` with the operands evaluated in the order of the text.
    static final class Less extends Compare {
        private final boolean swapped;

        Less(Node left, Node right, boolean swapped, int site) {
            super(left, right, site);
            this.swapped = swapped;
        }

        @Override
        boolean test(Frame f) {
            double a = left.exec(f);
            Object ao = f.object(a);
            double b = right.exec(f);
            if (Double.isNaN(a) || Double.isNaN(b)) {
                return of(f, a, ao, b, f.object(b));
            }
            return swapped ? b < a : a < b;
        }

        @Override
        public boolean of(Frame f, double a, Object ao, double b, Object bo) {
            f.site = site;
            return swapped
                    ? Comparison.less(f.s, b, bo, a, ao)
                    : Comparison.less(f.s, a, ao, b, bo);
        }

        @Override
        Shape.Relation relation() {
            return swapped ? Shape.Relation.GREATER : Shape.Relation.LESS;
        }
    }

    /// `a <= b`, and `b >= a`.
    static final class LessOrEqual extends Compare {
        private final boolean swapped;

        LessOrEqual(Node left, Node right, boolean swapped, int site) {
            super(left, right, site);
            this.swapped = swapped;
        }

        @Override
        boolean test(Frame f) {
            double a = left.exec(f);
            Object ao = f.object(a);
            double b = right.exec(f);
            if (Double.isNaN(a) || Double.isNaN(b)) {
                return of(f, a, ao, b, f.object(b));
            }
            return swapped ? b <= a : a <= b;
        }

        @Override
        public boolean of(Frame f, double a, Object ao, double b, Object bo) {
            f.site = site;
            return swapped
                    ? Comparison.lessOrEqual(f.s, b, bo, a, ao)
                    : Comparison.lessOrEqual(f.s, a, ao, b, bo);
        }

        @Override
        Shape.Relation relation() {
            return swapped ? Shape.Relation.GREATER_OR_EQUAL : Shape.Relation.LESS_OR_EQUAL;
        }
    }

    static final class Not extends Question {
        private final Node operand;

        Not(Node operand) {
            this.operand = operand;
        }

        @Override
        boolean test(Frame f) {
            return !operand.test(f);
        }

        @Override
        public Shape shape() {
            return new Shape.Not(operand);
        }
    }

    static final class And extends Node {
        private final Node left;
        private final Node right;

        And(Node left, Node right) {
            this.left = left;
            this.right = right;
        }

        @Override
        double exec(Frame f) {
            LuaState s = f.s;
            double d = left.exec(f);
            return LuaValues.isTrue(d, s.out) ? right.exec(f) : d;
        }

        @Override
        boolean test(Frame f) {
            return left.test(f) && right.test(f);
        }

        @Override
        public Shape shape() {
            return new Shape.And(left, right);
        }
    }

    static final class Or extends Node {
        private final Node left;
        private final Node right;

        Or(Node left, Node right) {
            this.left = left;
            this.right = right;
        }

        @Override
        double exec(Frame f) {
            LuaState s = f.s;
            double d = left.exec(f);
            return LuaValues.isTrue(d, s.out) ? d : right.exec(f);
        }

        @Override
        boolean test(Frame f) {
            return left.test(f) || right.test(f);
        }

        @Override
        public Shape shape() {
            return new Shape.Or(left, right);
        }
    }
}
