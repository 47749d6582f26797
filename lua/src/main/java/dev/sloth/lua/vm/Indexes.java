package dev.sloth.lua.vm;

import dev.sloth.lua.value.Blame;
import dev.sloth.lua.value.Indexing;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Metamethod;

/// Reads of fields.
final class Indexes {
    private Indexes() {}

    private static final LuaString INDEX = Metamethod.INDEX.key();

    /// `object.name`, with hints where in the table it was last found, or in the one behind it.
    static final class Field extends Node implements Blame, Operation.One {
        final Node object;
        final LuaString key;
        final int site;
        private int hint = -1;
        private int indexHint = -1;
        private int parentHint = -1;

        Field(Node object, LuaString key, int site) {
            this.object = object;
            this.key = key;
            this.site = site;
        }

        @Override
        double exec(Frame f) {
            double d = object.exec(f);
            return of(f, d, f.object(d));
        }

        /// The field of a value already there.
        @Override
        public double of(Frame f, double d, Object o) {
            if (LuaValues.isObject(d) && o instanceof LuaTable table && table.isAt(hint, key)) {
                double v = table.atHint(f.s, hint);
                if (!Double.isNaN(v) || f.s.out != LuaNil.NIL) {
                    return v;
                }
            }
            return search(f, d, o);
        }

        /// The same for a field that is likely one of the table behind, as methods of objects are.
        double method(Frame f, double d, Object o) {
            LuaState s = f.s;
            if (LuaValues.isObject(d) && o instanceof LuaTable table) {
                LuaTable metatable = table.metatable();
                if (metatable != null && metatable.isAt(indexHint, INDEX) && table.lacks(key)) {
                    double v = inherited(s, metatable);
                    if (!Double.isNaN(v) || s.out != LuaNil.NIL) {
                        return v;
                    }
                }
            }
            return search(f, d, o);
        }

        private double inherited(LuaState s, LuaTable metatable) {
            double d = metatable.atHint(s, indexHint);
            return LuaValues.isObject(d)
                            && s.out instanceof LuaTable parent
                            && parent.isAt(parentHint, key)
                    ? parent.atHint(s, parentHint)
                    : s.nil();
        }

        private double search(Frame f, double d, Object o) {
            LuaState s = f.s;
            if (LuaValues.isObject(d) && o instanceof LuaTable table) {
                int at = table.hint(key);
                if (at >= 0) {
                    hint = at;
                } else if (table.metatable() != null) {
                    remember(s, table.metatable());
                }
            }
            f.site = site;
            return Indexing.get(s, d, o, LuaValues.TAG, key, this);
        }

        private void remember(LuaState s, LuaTable metatable) {
            int at = metatable.hint(INDEX);
            if (at < 0) {
                return;
            }
            indexHint = at;
            double d = metatable.atHint(s, at);
            if (LuaValues.isObject(d) && s.out instanceof LuaTable parent) {
                parentHint = parent.hint(key);
            }
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

        @Override
        public Shape shape() {
            return new Shape.Unary(object, this);
        }
    }

    /// `object[key]`.
    static final class Item extends Node implements Blame, Operation.Two {
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
            double d = object.exec(f);
            Object o = f.object(d);
            double k = key.exec(f);
            return of(f, d, o, k, f.object(k));
        }

        @Override
        public double of(Frame f, double d, Object o, double k, Object ko) {
            LuaState s = f.s;
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

        @Override
        public Shape shape() {
            return new Shape.Binary(object, key, this);
        }
    }
}
