package dev.sloth.lua.value;

/// The items of tables with nil among them: what `#` gives of one whose constructor has nil among
/// its items: as in Lua 5.1, whose array part has room for all items and whose border is searched
/// for only when the last one is nil. So `{ f() }` keeps what `f` gives behind a nil.
public final class TableItems {
    /// The sizes that 5.1's constructors ask for have so many significant values.
    private static final int SIZES = 16;

    private TableItems() {}

    /// Room for so many items that a constructor shows, as 5.1's instruction can say it: rounded up
    /// to a few significant bits.
    public static int room(int items) {
        int size = items;
        int doublings = 0;
        while (size >= SIZES) {
            size = (size + 1) >> 1;
            doublings++;
        }
        return size << doublings;
    }

    /// Ends a constructor.
    ///
    /// @param room how many items the array part of 5.1 has room for
    public static void settle(LuaState s, LuaTable table, int room) {
        if (table.n < room) {
            int border = isNil(s, table, room) ? between(s, table, room) : room;
            if (border > table.n) {
                extend(s, table, border);
            }
        }
    }

    private static int between(LuaState s, LuaTable table, int room) {
        int present = 0;
        int absent = room;
        while (absent - present > 1) {
            int middle = (present + absent) / 2;
            if (isNil(s, table, middle)) {
                absent = middle;
            } else {
                present = middle;
            }
        }
        return present;
    }

    private static boolean isNil(LuaState s, LuaTable table, int key) {
        return LuaTable.isNil(table.getInt(s, key), s.out);
    }

    /// Takes what the hash part has up to a border into the array part, holes and all.
    private static void extend(LuaState s, LuaTable table, int border) {
        for (int key = table.n + 1; key <= border; key++) {
            double v = table.getInt(s, key);
            Object vo = LuaValues.isObject(v) ? s.out : LuaNil.NIL;
            table.append(s, v, vo);
            int e = inHash(table, key);
            if (e >= 0) {
                clear(table, e);
            }
        }
        migrate(s, table);
    }

    /// Takes what follows the array part out of the hash part.
    static void migrate(LuaState s, LuaTable table) {
        int e = inHash(table, table.n + 1.0);
        while (e >= 0 && !LuaTable.isNil(table.numbers[e], table.objects[e])) {
            table.append(s, table.numbers[e], table.objects[e]);
            clear(table, e);
            e = inHash(table, table.n + 1.0);
        }
    }

    private static int inHash(LuaTable table, double key) {
        return TableIndex.find(table.index, table.keys, key);
    }

    private static void clear(LuaTable table, int e) {
        table.numbers[e] = LuaValues.TAG;
        table.objects[e] = LuaNil.NIL;
    }
}
