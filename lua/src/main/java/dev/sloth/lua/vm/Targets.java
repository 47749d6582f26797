package dev.sloth.lua.vm;

import dev.sloth.lua.value.Blame;
import dev.sloth.lua.value.Indexing;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import dev.sloth.lua.value.Multi;

/// Where values are assigned to.
final class Targets {
    private Targets() {}

    abstract static class Target {
        /// Evaluates what has to be known before the value is: table and key. What it needs of
        /// `kept` are two values.
        void before(Frame f, Multi kept, int at) {}

        abstract Form.Place place();

        abstract void set(Frame f, Multi kept, int at, double v, Object vo);

        /// `target = value` alone.
        void assign(Frame f, Node value) {
            double v = value.exec(f);
            set(f, Multi.NONE, 0, v, f.s.out);
        }
    }

    static final class Local extends Target {
        private final int slot;

        Local(int slot) {
            this.slot = slot;
        }

        @Override
        void set(Frame f, Multi kept, int at, double v, Object vo) {
            f.d[slot] = v;
            if (Double.isNaN(v)) {
                f.o[slot] = vo;
            }
        }

        @Override
        void assign(Frame f, Node value) {
            double v = value.exec(f);
            f.d[slot] = v;
            if (Double.isNaN(v)) {
                f.o[slot] = f.s.out;
            }
        }

        @Override
        Form.Place place() {
            return new Form.Place.Local(slot);
        }
    }

    static final class Captured extends Target {
        private final int slot;

        Captured(int slot) {
            this.slot = slot;
        }

        @Override
        void set(Frame f, Multi kept, int at, double v, Object vo) {
            ((Cell) f.o[slot]).put(v, vo);
        }

        @Override
        Form.Place place() {
            return new Form.Place.Captured(slot);
        }
    }

    static final class Upvalue extends Target {
        private final int index;

        Upvalue(int index) {
            this.index = index;
        }

        @Override
        void set(Frame f, Multi kept, int at, double v, Object vo) {
            f.closure.cells[index].put(v, vo);
        }

        @Override
        Form.Place place() {
            return new Form.Place.Upvalue(index);
        }
    }

    static final class Global extends Target implements Operation.PutGlobal {
        private final LuaString key;
        private final int site;
        private int hint = -1;

        Global(LuaString key, int site) {
            this.key = key;
            this.site = site;
        }

        @Override
        void set(Frame f, Multi kept, int at, double v, Object vo) {
            put(f, v, vo);
        }

        @Override
        public void put(Frame f, double v, Object vo) {
            LuaTable env = f.closure.env;
            if (env.isAt(hint, key) && env.presentAt(hint)) {
                env.setAtHint(f.s, hint, v, vo);
                return;
            }
            f.site = site;
            Indexing.set(f.s, LuaValues.TAG, env, LuaValues.TAG, key, v, vo);
            int found = env.hint(key);
            if (found >= 0) {
                hint = found;
            }
        }

        @Override
        Form.Place place() {
            return new Form.Place.Global(this);
        }
    }

    static final class Field extends Target implements Blame, Operation.PutField {
        private final Node object;
        private final LuaString key;
        private final int site;
        private int hint = -1;

        Field(Node object, LuaString key, int site) {
            this.object = object;
            this.key = key;
            this.site = site;
        }

        @Override
        public String name(int operand) {
            return object.described();
        }

        @Override
        void before(Frame f, Multi kept, int at) {
            kept.d[at] = object.exec(f);
            kept.o[at] = f.object(kept.d[at]);
        }

        @Override
        void set(Frame f, Multi kept, int at, double v, Object vo) {
            put(f, kept.d[at], kept.o[at], v, vo);
        }

        @Override
        void assign(Frame f, Node value) {
            double d = object.exec(f);
            Object o = f.object(d);
            double v = value.exec(f);
            put(f, d, o, v, f.object(v));
        }

        @Override
        public void put(Frame f, double d, Object o, double v, Object vo) {
            if (LuaValues.isObject(d)
                    && o instanceof LuaTable table
                    && table.isAt(hint, key)
                    && table.presentAt(hint)) {
                table.setAtHint(f.s, hint, v, vo);
            } else {
                search(f, d, o, v, vo);
            }
        }

        private void search(Frame f, double d, Object o, double v, Object vo) {
            f.site = site;
            if (LuaValues.isObject(d) && o instanceof LuaTable table) {
                int at = table.hint(key);
                hint = at;
                if (at >= 0 && table.presentAt(at)) {
                    table.setAtHint(f.s, at, v, vo);
                    return;
                }
                if (table.metatable() == null) {
                    table.setString(f.s, key, v, vo);
                    hint = table.hint(key);
                    return;
                }
            }
            Indexing.set(f.s, d, o, LuaValues.TAG, key, v, vo, this);
        }

        @Override
        Form.Place place() {
            return new Form.Place.Field(object, this);
        }
    }

    static final class Item extends Target implements Blame, Operation.PutItem {
        private final Node object;
        private final Node key;
        private final int site;

        Item(Node object, Node key, int site) {
            this.object = object;
            this.key = key;
            this.site = site;
        }

        @Override
        public String name(int operand) {
            return object.described();
        }

        @Override
        void before(Frame f, Multi kept, int at) {
            kept.d[at] = object.exec(f);
            kept.o[at] = f.object(kept.d[at]);
            kept.d[at + 1] = key.exec(f);
            kept.o[at + 1] = f.object(kept.d[at + 1]);
        }

        @Override
        void set(Frame f, Multi kept, int at, double v, Object vo) {
            put(f, kept.d[at], kept.o[at], kept.d[at + 1], kept.o[at + 1], v, vo);
        }

        @Override
        void assign(Frame f, Node value) {
            double d = object.exec(f);
            Object o = f.object(d);
            double k = key.exec(f);
            Object ko = f.object(k);
            double v = value.exec(f);
            put(f, d, o, k, ko, v, f.object(v));
        }

        @Override
        public void put(Frame f, double d, Object o, double k, Object ko, double v, Object vo) {
            f.site = site;
            if (LuaValues.isObject(d) && o instanceof LuaTable table && table.metatable() == null) {
                table.set(f.s, k, ko, v, vo);
                return;
            }
            Indexing.set(f.s, d, o, k, ko, v, vo, this);
        }

        @Override
        Form.Place place() {
            return new Form.Place.Item(object, key, this);
        }
    }
}
