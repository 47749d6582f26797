package dev.sloth.lua.value;

/// About how many bytes tables take, in a JVM with compact object headers.
public final class TableSize {
    /// A number as a key of the hash part.
    static final int NUMBER_KEY = 16;

    private static final int TABLE = 56;
    private static final int ARRAY = 16;
    private static final int HASH = 64;
    private static final int HASH_ENTRY = 28;

    private TableSize() {}

    /// A table that is made with room for so many values.
    public static long of(int array, int fields) {
        return bytes(array, true, fields);
    }

    /// This table, without what is in it.
    static long of(LuaTable table) {
        TablePattern lent = table.pattern;
        return lent == null
                ? bytes(table.arrayNumbers.length, table.arrayObjects != null, table.keys.length)
                : lent.bytesBeside(table);
    }

    /// A table whose hash part is a pattern's, but for so many arrays of references.
    static long borrowed(int fields, int arrays) {
        return TABLE + arrays * (ARRAY + 4L * fields);
    }

    static long bytes(int array, boolean objects, int fields) {
        return TABLE + array(array, objects) + hash(fields);
    }

    /// The array part.
    ///
    /// @param objects whether there is one for other values than numbers too
    static long array(int capacity, boolean objects) {
        long numbers = capacity == 0 ? 0 : ARRAY + 8L * capacity;
        return objects && capacity > 0 ? numbers + ARRAY + 4L * capacity : numbers;
    }

    /// The hash part.
    static long hash(int capacity) {
        return capacity == 0 ? 0 : HASH + (long) HASH_ENTRY * capacity;
    }
}
