package dev.sloth.lua.vm;

import dev.sloth.lua.value.Indexing;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;

/// Reads of variables.
final class Variables {
    private Variables() {}

    abstract static class Named extends Node {
        final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        String name() {
            return name;
        }
    }

    /// A local variable that no inner function captures.
    static final class Local extends Named {
        final int slot;

        Local(String name, int slot) {
            super(name);
            this.slot = slot;
        }

        @Override
        double exec(Frame f) {
            double v = f.d[slot];
            if (Double.isNaN(v)) {
                f.s.out = f.o[slot];
            }
            return v;
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
        String kind() {
            return "local";
        }

        @Override
        public Shape shape() {
            return new Shape.Local(slot);
        }
    }

    /// A local variable in a cell.
    static final class Captured extends Named {
        final int slot;

        /// Whether nothing is assigned to it after its declaration.
        private final boolean constant;

        Captured(String name, int slot, boolean constant) {
            super(name);
            this.slot = slot;
            this.constant = constant;
        }

        @Override
        double exec(Frame f) {
            var cell = (Cell) f.o[slot];
            f.s.out = cell.o;
            return cell.d;
        }

        @Override
        boolean isBusy() {
            return false;
        }

        @Override
        boolean isSafe() {
            return constant;
        }

        @Override
        String kind() {
            return "local";
        }

        @Override
        public Shape shape() {
            return new Shape.Captured(slot);
        }
    }

    /// A variable of an enclosing function.
    static final class Upvalue extends Named {
        final int index;

        /// Whether nothing is assigned to it after its declaration.
        private final boolean constant;

        Upvalue(String name, int index, boolean constant) {
            super(name);
            this.index = index;
            this.constant = constant;
        }

        @Override
        double exec(Frame f) {
            Cell cell = f.closure.cells[index];
            f.s.out = cell.o;
            return cell.d;
        }

        @Override
        boolean isBusy() {
            return false;
        }

        @Override
        boolean isSafe() {
            return constant;
        }

        @Override
        String kind() {
            return "upvalue";
        }

        @Override
        public Shape shape() {
            return new Shape.Upvalue(index);
        }
    }

    static final class Global extends Named {
        final LuaString key;
        final int site;
        private int hint = -1;

        Global(String name, LuaString key, int site) {
            super(name);
            this.key = key;
            this.site = site;
        }

        @Override
        double exec(Frame f) {
            LuaState s = f.s;
            LuaTable env = f.closure.env;
            if (env.isAt(hint, key)) {
                double v = env.atHint(s, hint);
                if (!Double.isNaN(v) || s.out != LuaNil.NIL) {
                    return v;
                }
            }
            return search(f, env);
        }

        private double search(Frame f, LuaTable env) {
            int at = env.hint(key);
            if (at >= 0) {
                hint = at;
            }
            f.site = site;
            return Indexing.get(f.s, LuaValues.TAG, env, LuaValues.TAG, key);
        }

        @Override
        String kind() {
            return "global";
        }

        @Override
        public Shape shape() {
            return new Shape.Global();
        }
    }

    /// `...`
    static final class Varargs extends Node {
        @Override
        double exec(Frame f) {
            var given = f.varargs;
            if (given.count == 0) {
                return f.s.nil();
            }
            f.s.out = given.o[0];
            return given.d[0];
        }

        @Override
        double multi(Frame f) {
            return f.s.ret(f.varargs);
        }

        @Override
        public boolean isOpen() {
            return true;
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
            return new Shape.Varargs();
        }
    }
}
