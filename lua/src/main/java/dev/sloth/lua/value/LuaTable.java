package dev.sloth.lua.value;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A table: an array part for 1..n and an insertion-ordered hash part.
///
/// `get` returns the number half and leaves the object half in `s.out`, as calls do; an absent key
/// reads as nil. These are raw accesses: metamethods are the interpreter's business. Traversal goes
/// 1..n first, then the other keys in the order in which they came; a key that is removed keeps its
/// place for the traversal under way.
///
/// Invariant: the key n+1 is never in the hash part, so `n` is a border.
@SuppressWarnings("ReferenceEquality") // of keys it is the first and cheapest question
public final class LuaTable {
    private static final double[] NO_NUMBERS = {};
    private static final Object[] NO_OBJECTS = {};
    private static final int[] NO_INDEX = {};
    private static final int CAPACITY_FIRST = 4;

    /// Array parts of so many values grow by half, smaller ones are doubled.
    private static final int LARGE = 1 << 16;

    /// As many entries as one part of a table can hold.
    static final int ENTRIES_MAX = 1 << 26;

    /// Position of the first hash entry in a traversal; array positions lie below.
    private static final int HASH_START = 1 << 28;

    double[] arrayNumbers = NO_NUMBERS;
    Object @Nullable [] arrayObjects;
    int n;

    Object[] keys = NO_OBJECTS;
    double[] numbers = NO_NUMBERS;
    Object[] objects = NO_OBJECTS;
    int[] index = NO_INDEX;
    int used;

    @Nullable LuaTable metatable;

    /// Whose contents these are until the first write.
    @Nullable TablePattern pattern;

    /// In [#absent]: something is due before the first write.
    private static final int UNWRITTEN = Integer.MIN_VALUE;

    /// In [#absent], besides: an [Imprint] wants to hear of it.
    private static final int WATCHED = 1 << 30;

    /// One bit a metamethod known to be absent, when this table serves as a metatable.
    private int absent;

    /// The memory walk that last saw this table.
    int mark;

    public LuaTable() {}

    /// Makes room for `array` values at 1..array and for `fields` others.
    public LuaTable(int array, int fields) {
        if (array > 0) {
            arrayNumbers = new double[Math.min(array, ENTRIES_MAX)];
        }
        if (fields > 0) {
            resize(Math.min(fields, ENTRIES_MAX));
        }
    }

    public @Nullable LuaTable metatable() {
        return metatable;
    }

    /// Gives a table that is being made its metatable.
    public void setMetatable(@Nullable LuaTable metatable) {
        if ((absent & WATCHED) != 0) {
            throw new IllegalStateException("a table of an imprint is changed unseen");
        }
        this.metatable = metatable;
    }

    public void setMetatable(LuaState s, @Nullable LuaTable metatable) {
        touch(s);
        this.metatable = metatable;
    }

    public double get(LuaState s, double k, Object ko) {
        if (LuaValues.isNumber(k)) {
            int i = (int) k;
            return i == k ? getInt(s, i) : at(s, findNumber(k));
        }
        return at(s, ko instanceof LuaString str ? findString(s.counted(str)) : findObject(ko));
    }

    public double getInt(LuaState s, long i) {
        long x = i - 1;
        if (x >= 0 && x < n) {
            double v = arrayNumbers[(int) x];
            if (Double.isNaN(v)) {
                s.out = arrayObjects == null ? LuaNil.NIL : arrayObjects[(int) x];
            }
            return v;
        }
        return used == 0 ? s.ret(LuaNil.NIL) : at(s, findNumber((double) i));
    }

    public double getString(LuaState s, LuaString key) {
        return at(s, findString(key));
    }

    private double at(LuaState s, int e) {
        if (e < 0) {
            s.out = LuaNil.NIL;
            return LuaValues.TAG;
        }
        double v = numbers[e];
        if (Double.isNaN(v)) {
            s.out = objects[e];
        }
        return v;
    }

    /// Where a string key may lie, for [#atHint]; -1 when absent. Makes `key` the table's own
    /// object for that string, so that the next look needs no comparison of bytes.
    public int hint(LuaString key) {
        int e = findString(key);
        if (e >= 0 && keys[e] != key && !(key instanceof LuaText)) {
            keys = pattern == null ? keys : pattern.ownKeys(this);
            keys[e] = key;
        }
        return e;
    }

    /// Whether there is surely no value for a key.
    public boolean lacks(LuaString key) {
        return used == 0 || findString(key) < 0;
    }

    /// Whether the entry at `hint` is that of this very key object.
    public boolean isAt(int hint, LuaString key) {
        return hint >= 0 && hint < keys.length && keys[hint] == key;
    }

    /// The value at a hint for which [#isAt] holds.
    public double atHint(LuaState s, int hint) {
        double v = numbers[hint];
        if (Double.isNaN(v)) {
            s.out = objects[hint];
        }
        return v;
    }

    /// Whether the entry at a hint for which [#isAt] holds has a value other than nil.
    public boolean presentAt(int hint) {
        return !isNilEntry(hint);
    }

    /// Sets the value at a hint for which [#isAt] holds.
    public void setAtHint(LuaState s, int hint, double v, Object vo) {
        touch(s);
        numbers[hint] = v;
        objects[hint] = Double.isNaN(v) ? vo : LuaNil.NIL;
        absent = 0;
    }

    /// Sets a field; nil removes. A nil or NaN key is an error.
    public void set(LuaState s, double k, Object ko, double v, Object vo) {
        if (LuaValues.isNumber(k)) {
            int i = (int) k;
            if (i == k) {
                setInt(s, i, v, vo);
            } else if (Double.isNaN(k)) {
                throw s.error("table index is NaN");
            } else {
                put(s, findNumber(k), Double.valueOf(k), v, vo);
            }
        } else if (ko instanceof LuaString str) {
            setString(s, str, v, vo);
        } else if (ko == LuaNil.NIL) {
            throw s.error("table index is nil");
        } else {
            put(s, findObject(ko), ko, v, vo);
        }
    }

    public void setInt(LuaState s, long i, double v, Object vo) {
        touch(s);
        long x = i - 1;
        if (x >= 0 && x < n) {
            storeInArray((int) x, v, vo);
            if (x == n - 1 && isNil(v, vo)) {
                shrink();
            }
        } else if (x == n) {
            if (!isNil(v, vo)) {
                append(s, v, vo);
                if (used > 0) {
                    TableItems.migrate(s, this);
                }
            }
        } else {
            put(s, used == 0 ? -1 : findNumber((double) i), (double) i, v, vo);
        }
    }

    public void setString(LuaState s, LuaString key, double v, Object vo) {
        put(s, findString(s.counted(key)), key, v, vo);
    }

    private void put(LuaState s, int e, Object key, double v, Object vo) {
        if (e >= 0) {
            setAtHint(s, e, v, vo);
        } else if (!isNil(v, vo)) {
            touch(s);
            absent = 0;
            if (key instanceof Double) {
                s.charge(TableSize.NUMBER_KEY);
            }
            if (used == keys.length) {
                int live = TableIndex.live(numbers, objects, used);
                if (live >= ENTRIES_MAX) {
                    throw s.error("table overflow");
                }
                int capacity = Math.max(CAPACITY_FIRST, live + Math.max(live >> 1, 1));
                s.memory.grow(s, TableSize.hash(keys.length), TableSize.hash(capacity));
                resize(capacity);
            }
            int at = used++;
            keys[at] = key instanceof LuaText text ? text.plain() : key;
            numbers[at] = v;
            objects[at] = Double.isNaN(v) ? vo : LuaNil.NIL;
            TableIndex.enter(index, keys, at);
        }
    }

    /// The border that `#` gives.
    public long length() {
        return n;
    }

    // ---- array part

    private void storeInArray(int x, double v, Object vo) {
        arrayNumbers[x] = v;
        if (Double.isNaN(v)) {
            objectsOfArray()[x] = vo;
        } else if (arrayObjects != null) {
            arrayObjects[x] = LuaNil.NIL;
        }
    }

    private Object[] objectsOfArray() {
        Object[] all = arrayObjects;
        if (all == null) {
            all = new Object[arrayNumbers.length];
            Arrays.fill(all, LuaNil.NIL);
            arrayObjects = all;
        }
        return all;
    }

    void append(LuaState s, double v, Object vo) {
        if (n == arrayNumbers.length) {
            reserve(s, n + 1);
        }
        storeInArray(n++, v, vo);
    }

    /// Makes room for at least `size` values in the array part.
    private void reserve(LuaState s, int size) {
        if (size > ENTRIES_MAX) {
            throw s.error("table overflow");
        }
        int before = arrayNumbers.length;
        int more = before < LARGE ? before : before >> 1;
        int capacity = Math.max(CAPACITY_FIRST, Math.max(size, before + more));
        boolean objects = arrayObjects != null;
        s.memory.grow(s, TableSize.array(before, objects), TableSize.array(capacity, objects));
        arrayNumbers = Arrays.copyOf(arrayNumbers, capacity);
        Object[] all = arrayObjects;
        if (all != null) {
            Object[] larger = Arrays.copyOf(all, capacity);
            Arrays.fill(larger, before, capacity, LuaNil.NIL);
            arrayObjects = larger;
        }
    }

    private void shrink() {
        while (n > 0 && isNilSlot(n - 1)) {
            n--;
        }
    }

    private boolean isNilSlot(int x) {
        return LuaValues.isObject(arrayNumbers[x])
                && (arrayObjects == null || arrayObjects[x] == LuaNil.NIL);
    }

    /// Shifts the values from `position` (1..n+1) up by one and puts this one there.
    public void insert(LuaState s, int position, double v, Object vo) {
        touch(s);
        if (isNil(v, vo) || position > n || used > 0) {
            for (long i = n; i >= position; i--) {
                double moved = getInt(s, i);
                setInt(s, i + 1, moved, s.out);
            }
            setInt(s, position, v, vo);
            return;
        }
        if (n == arrayNumbers.length) {
            reserve(s, n + 1);
        }
        int at = position - 1;
        shift(at, at + 1, n - at);
        n++;
        storeInArray(at, v, vo);
    }

    /// Takes the value at `position` (1..n) out and shifts those above down by one; the object half
    /// is in `s.out`.
    public double remove(LuaState s, int position) {
        touch(s);
        double v = getInt(s, position);
        Object vo = s.out;
        int at = position - 1;
        shift(position, at, n - position);
        storeInArray(n - 1, LuaValues.TAG, LuaNil.NIL);
        shrink();
        s.out = vo;
        return v;
    }

    private void shift(int from, int to, int count) {
        System.arraycopy(arrayNumbers, from, arrayNumbers, to, count);
        if (arrayObjects != null) {
            System.arraycopy(arrayObjects, from, arrayObjects, to, count);
        }
    }

    // ---- hash part

    private int findString(LuaString key) {
        return TableIndex.find(index, keys, key);
    }

    private int findNumber(double key) {
        return TableIndex.find(index, keys, key);
    }

    private int findObject(Object key) {
        return TableIndex.findSame(index, keys, key);
    }

    private boolean isNilEntry(int e) {
        return isNil(numbers[e], objects[e]);
    }

    /// Drops removed entries, keeps the order, and makes room for `capacity` entries.
    private void resize(int capacity) {
        Object[] oldKeys = keys;
        double[] oldNumbers = numbers;
        Object[] oldObjects = objects;
        int before = used;
        keys = new Object[capacity];
        numbers = new double[capacity];
        objects = new Object[capacity];
        index = TableIndex.of(capacity);
        used = 0;
        for (int e = 0; e < before; e++) {
            double v = oldNumbers[e];
            if (!isNil(v, oldObjects[e])) {
                keys[used] = oldKeys[e];
                numbers[used] = v;
                objects[used] = oldObjects[e];
                TableIndex.enter(index, keys, used++);
            }
        }
    }

    // ---- traversal

    /// The position after `position` that holds a value, or -1 at the end; begin with -1.
    public int nextPosition(int position) {
        int p = position + 1;
        if (p < HASH_START) {
            while (p < n) {
                if (!isNilSlot(p)) {
                    return p;
                }
                p++;
            }
            p = HASH_START;
        }
        int e = p - HASH_START;
        while (e < used) {
            if (!isNilEntry(e)) {
                return e + HASH_START;
            }
            e++;
        }
        return -1;
    }

    /// The key at a position that [#nextPosition] gave; its object half is in `s.out`.
    public double keyAt(LuaState s, int position) {
        if (position < HASH_START) {
            return position + 1;
        }
        Object key = keys[position - HASH_START];
        if (key instanceof Double d) {
            return d;
        }
        s.out = key;
        return LuaValues.TAG;
    }

    /// The value at a position that [#nextPosition] gave; its object half is in `s.out`.
    public double valueAt(LuaState s, int position) {
        if (position < HASH_START) {
            return position < n ? getInt(s, position + 1L) : s.ret(LuaNil.NIL);
        }
        int e = position - HASH_START;
        return e < used ? at(s, e) : s.ret(LuaNil.NIL);
    }

    /// The position of a key, for [#nextPosition]; -1 for nil, which begins a traversal.
    public int positionOf(LuaState s, double k, Object ko) {
        if (LuaValues.isNumber(k)) {
            int i = (int) k;
            if (i == k && i >= 1 && i <= arrayNumbers.length && findNumber(k) < 0) {
                return i - 1;
            }
            return position(s, findNumber(k));
        }
        if (ko == LuaNil.NIL) {
            return -1;
        }
        return position(s, ko instanceof LuaString str ? findString(str) : findObject(ko));
    }

    private static int position(LuaState s, int e) {
        if (e < 0) {
            throw s.error("invalid key to 'next'");
        }
        return e + HASH_START;
    }

    // ---- for the interpreter

    static boolean isNil(double v, Object vo) {
        return LuaValues.isObject(v) && vo == LuaNil.NIL;
    }

    /// Whether this table, as a metatable, is known to lack the metamethod with this bit.
    boolean lacks(int bit) {
        return (absent & bit) != 0;
    }

    void remember(int bit) {
        absent |= bit;
    }

    // ---- the first write

    private void touch(LuaState s) {
        if (absent < 0) {
            firstWrite(s);
        }
    }

    private void firstWrite(LuaState s) {
        if (pattern != null) {
            s.charge(pattern.bytesOwned(this));
        }
        if ((absent & WATCHED) != 0) {
            s.written(this);
        }
        if (pattern != null) {
            pattern.give(this);
        }
        absent = 0;
    }

    /// From now on the first write is told to the state's imprint before it is made.
    void keep() {
        absent = UNWRITTEN | WATCHED;
    }

    /// What it has is the pattern's from now on, until the first write.
    void borrow(TablePattern from) {
        pattern = from;
        absent = UNWRITTEN;
    }
}
