package dev.sloth.lua.vm;

import dev.sloth.lua.value.Blame;
import dev.sloth.lua.value.Indexing;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;

/// Reads of fields.
final class Indexes {
    private Indexes() {}

    /// `object.name`, with a hint where in the table it was last found.
    static final class Field extends Node implements Blame {
        final Node object;
        final LuaString key;
        final int site;
        private int hint = -1;

        Field(Node object, LuaString key, int site) {
            this.object = object;
            this.key = key;
            this.site = site;
        }

        @Override
        double exec(Frame f) {
            double d = object.exec(f);
            return of(f, d, f.s.out);
        }

        /// The field of a value already there.
        double of(Frame f, double d, Object o) {
            LuaState s = f.s;
            if (LuaValues.isObject(d) && o instanceof LuaTable table) {
                if (table.isAt(hint, key)) {
                    double v = table.atHint(s, hint);
                    if (!Double.isNaN(v) || s.out != LuaNil.NIL) {
                        return v;
                    }
                } else {
                    int at = table.hint(key);
                    if (at >= 0) {
                        hint = at;
                    }
                }
            }
            f.site = site;
            return Indexing.get(s, d, o, LuaValues.TAG, key, this);
        }

        @Override
        public String name(int operand) {
            return object.described();
        }

        @Override
        String kind() {
            return "field";
        }

        @Override
        String name() {
            return key.toString();
        }
    }

    /// `object[key]`.
    static final class Item extends Node implements Blame {
        final Node object;
        final Node key;
        final int site;

        Item(Node object, Node key, int site) {
            this.object = object;
            this.key = key;
            this.site = site;
        }

        @Override
        double exec(Frame f) {
            LuaState s = f.s;
            double d = object.exec(f);
            Object o = s.out;
            double k = key.exec(f);
            Object ko = s.out;
            if (LuaValues.isObject(d) && o instanceof LuaTable table) {
                double v = table.get(s, k, ko);
                if (!Double.isNaN(v) || s.out != LuaNil.NIL || table.metatable() == null) {
                    return v;
                }
            }
            f.site = site;
            return Indexing.get(s, d, o, k, ko, this);
        }

        @Override
        public String name(int operand) {
            return object.described();
        }

        @Override
        String kind() {
            return "field";
        }

        @Override
        String name() {
            return "?";
        }
    }
}
