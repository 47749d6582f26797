package dev.sloth.api.value;

import java.util.IdentityHashMap;

/// Data is a value that may leave its script: no functions, no handles, no cycles, bounded depth
/// and size, and tables whose keys are text, numbers or booleans.
public final class Data {
    /// How deep tables may nest.
    public static final int DEPTH_MAX = 100;

    /// How many values one may hold. A table that stands in several places is copied for each, so a
    /// small script can mean more than any machine could keep.
    public static final int VALUES_MAX = 2_000_000;

    /// About what one value takes, as a key or as a field, without its text, bytes.
    public static final int VALUE_BYTES = 48;

    /// How much of a path into a value is worth showing.
    private static final int PATH_SHOWN_MAX = 60;

    private final IdentityHashMap<Value, Boolean> open = new IdentityHashMap<>();
    private final Allowance allowance;
    private final long bytesMax;
    private int values;
    private long bytes;

    private Data(Allowance allowance, long bytesMax) {
        this.allowance = allowance.inSteps();
        this.bytesMax = bytesMax;
    }

    /// Data that takes more bytes than it may.
    public static final class TooLarge extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }

    /// A copy that shares nothing with the script it came from. `where` names the value in
    /// messages, such as `outputs`.
    ///
    /// @throws IllegalArgumentException when it holds a function, a handle, a key that is a table,
    ///   or a cycle, or too much, saying where
    public static Value copyOf(Value value, String where) {
        return copyOf(value, where, Allowance.FREE);
    }

    /// The same, paid for by the script that says how much there is to copy; texts are not copied.
    public static Value copyOf(Value value, String where, Allowance allowance) {
        return new Data(allowance, Long.MAX_VALUE).copy(value, where, 0);
    }

    /// The same of a value that is to be written down and may have so many bytes there: what cannot
    /// be written in them, one for each value and those of its texts, is refused before it is made.
    ///
    /// @throws TooLarge when it takes more
    public static Value copyOf(Value value, String where, long bytesMax) {
        return copyOf(value, where, Allowance.FREE, bytesMax);
    }

    /// Both: paid for by a script, and within so many bytes.
    ///
    /// @throws TooLarge when it takes more
    public static Value copyOf(Value value, String where, Allowance allowance, long bytesMax) {
        return new Data(allowance, bytesMax).copy(value, where, 0);
    }

    /// About what a value takes with all that is in it, bytes.
    public static long bytes(Value value) {
        return switch (value) {
            case Text text -> VALUE_BYTES + text.bytes().length;
            case Value.Table table -> {
                long all = VALUE_BYTES;
                for (var entry : table.entries()) {
                    all += bytes(entry.key()) + bytes(entry.value());
                }
                yield all;
            }
            case Value.Nil _, Value.Bool _, Value.Num _, Value.Callable _, Value.Handle _ ->
                    VALUE_BYTES;
        };
    }

    private Value copy(Value value, String where, int depth) {
        if (++values > VALUES_MAX) {
            throw wrong(where, "is one value too many: data holds at most " + VALUES_MAX);
        }
        allowance.take(VALUE_BYTES);
        bytes += 1 + (value instanceof Text text ? text.bytes().length : 0);
        if (bytes > bytesMax) {
            throw new TooLarge(shown(where) + " takes more than " + bytesMax + " bytes");
        }
        return switch (value) {
            case Value.Nil n -> n;
            case Value.Bool b -> b;
            case Value.Num n -> n;
            case Text t -> t.fields().isEmpty() ? t : Text.ofBytes(t.bytes());
            case Value.Table t -> copyTable(t, where, depth);
            case Value.Callable _ ->
                    throw wrong(where, "is a function, which cannot be kept as data");
            case Value.Handle h ->
                    throw wrong(where, "is a " + h.typeName() + ", which cannot be kept as data");
        };
    }

    private static IllegalArgumentException wrong(String where, String what) {
        return new IllegalArgumentException(shown(where) + " " + what);
    }

    private static String shown(String where) {
        return where.length() > PATH_SHOWN_MAX ? where.substring(0, PATH_SHOWN_MAX) + "..." : where;
    }

    private DataTable copyTable(Value.Table table, String where, int depth) {
        if (depth >= DEPTH_MAX) {
            throw wrong(where, "nests deeper than " + DEPTH_MAX + " tables, or contains itself");
        }
        if (open.put(table, true) != null) {
            throw wrong(where, "contains itself");
        }
        var result = new DataTable();
        for (var entry : table.entries()) {
            var path = where + path(entry.key());
            result.put(copyKey(entry.key(), where, depth), copy(entry.value(), path, depth + 1));
        }
        open.remove(table);
        return result;
    }

    /// Tables are the same key only when they are the same table, which a copy never is.
    private Value copyKey(Value key, String where, int depth) {
        if (key instanceof Value.Table) {
            throw wrong(where, "has a table as a key: keys are text, numbers or booleans");
        }
        return copy(key, where + path(key), depth + 1);
    }

    private static String path(Value key) {
        return switch (key) {
            case Text t -> "." + t;
            case Value.Num n ->
                    "[" + (n.whole() ? Long.toString((long) n.value()) : n.value()) + "]";
            case Value.Nil _, Value.Bool _, Value.Table _, Value.Callable _, Value.Handle _ ->
                    "[" + key.type() + "]";
        };
    }
}
