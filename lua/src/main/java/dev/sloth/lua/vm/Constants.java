package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;

/// Expressions whose value is known.
final class Constants {
    private Constants() {}

    static final class Num extends Node {
        final double value;

        Num(double value) {
            this.value = LuaValues.number(value);
        }

        @Override
        double exec(Frame f) {
            return value;
        }

        @Override
        boolean isBusy() {
            return false;
        }

        @Override
        boolean isSafe() {
            return true;
        }

        @Override
        public Shape shape() {
            return new Shape.Numeral(value);
        }
    }

    /// nil, true, false, or a string.
    static final class Thing extends Node {
        final Object value;

        Thing(Object value) {
            this.value = value;
        }

        @Override
        double exec(Frame f) {
            f.s.out = value;
            return LuaValues.TAG;
        }

        @Override
        boolean isBusy() {
            return false;
        }

        @Override
        boolean isSafe() {
            return true;
        }

        LuaString string() {
            return (LuaString) value;
        }

        @Override
        public Shape shape() {
            return new Shape.Thing(value);
        }
    }
}
