package dev.sloth.lua.hot;

/// Where the value of an expression is, once it is evaluated. None of them changes while the
/// expression around it is evaluated.
sealed interface Operand {
    /// Whether it is surely a number.
    default boolean isNumber() {
        return false;
    }

    /// A number that is known.
    record Numeral(double value) implements Operand {
        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /// nil, a boolean or a string that is known.
    record Thing(Object value) implements Operand {}

    /// A number in a variable of the JVM.
    record Plain(int d) implements Operand {
        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /// Anything, in two variables of the JVM.
    record Pair(int d, int o) implements Operand {}
}
