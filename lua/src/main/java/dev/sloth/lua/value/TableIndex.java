package dev.sloth.lua.value;

/// Looks keys up in the hash part of a table: open addressing, in which a place holds one more than
/// where the key is.
@SuppressWarnings("ReferenceEquality") // of keys it is the first and cheapest question
final class TableIndex {
    private TableIndex() {}

    /// Places for so many keys.
    static int[] of(int capacity) {
        return new int[Math.max(8, Integer.highestOneBit(capacity * 2 - 1) << 1)];
    }

    /// Notes where a key is.
    static void enter(int[] places, Object[] keys, int e) {
        Object key = keys[e];
        int hash = key instanceof Double d ? hashOf(d) : key.hashCode();
        int mask = places.length - 1;
        int i = spread(hash) & mask;
        while (places[i] != 0) {
            i = (i + 1) & mask;
        }
        places[i] = e + 1;
    }

    /// How many entries of the first `used` have a value.
    static int live(double[] numbers, Object[] objects, int used) {
        int count = 0;
        for (int e = 0; e < used; e++) {
            if (LuaValues.isNumber(numbers[e]) || objects[e] != LuaNil.NIL) {
                count++;
            }
        }
        return count;
    }

    static int spread(int hash) {
        return (hash * 0x9E3779B9) >>> 7;
    }

    static int hashOf(double k) {
        return Double.hashCode(k + 0.0);
    }

    /// The place of a key; -1 when absent.
    static int find(int[] places, Object[] keys, LuaString key) {
        if (places.length == 0) {
            return -1;
        }
        int hash = key.hashCode();
        int mask = places.length - 1;
        for (int i = spread(hash) & mask; places[i] != 0; i = (i + 1) & mask) {
            int e = places[i] - 1;
            Object k = keys[e];
            if (k == key
                    || (k instanceof LuaString str && str.hashCode() == hash && str.equals(key))) {
                return e;
            }
        }
        return -1;
    }

    static int find(int[] places, Object[] keys, double key) {
        if (places.length == 0) {
            return -1;
        }
        int mask = places.length - 1;
        for (int i = spread(hashOf(key)) & mask; places[i] != 0; i = (i + 1) & mask) {
            int e = places[i] - 1;
            if (keys[e] instanceof Double k && k == key) {
                return e;
            }
        }
        return -1;
    }

    static int findSame(int[] places, Object[] keys, Object key) {
        if (places.length == 0) {
            return -1;
        }
        int mask = places.length - 1;
        for (int i = spread(key.hashCode()) & mask; places[i] != 0; i = (i + 1) & mask) {
            int e = places[i] - 1;
            if (keys[e] == key) {
                return e;
            }
        }
        return -1;
    }
}
