package dev.sloth.api.value;

import java.util.IdentityHashMap;
import java.util.Map;

/// Data is a value that may leave its script: no functions, no handles, no cycles, bounded depth.
public final class Data {
    /// How deep tables may nest.
    public static final int DEPTH_MAX = 100;

    private Data() {}

    /// A copy that shares nothing with the script it came from. `where` names the value in
    /// messages, such as `outputs`.
    ///
    /// @throws IllegalArgumentException when it holds a function, a handle or a cycle, saying where
    public static Value copyOf(Value value, String where) {
        return copy(value, where, new IdentityHashMap<>(), 0);
    }

    private static Value copy(Value value, String where, Map<Value, Boolean> open, int depth) {
        return switch (value) {
            case Value.Nil n -> n;
            case Value.Bool b -> b;
            case Value.Num n -> n;
            case Text t -> t.fields().isEmpty() ? t : Text.ofBytes(t.bytes());
            case Value.Table t -> copyTable(t, where, open, depth);
            case Value.Callable _ -> throw notData(where, "function");
            case Value.Handle h -> throw notData(where, h.typeName());
        };
    }

    private static IllegalArgumentException notData(String where, String what) {
        return new IllegalArgumentException(
                where + " is a " + what + ", which cannot be kept as data");
    }

    private static DataTable copyTable(
            Value.Table table, String where, Map<Value, Boolean> open, int depth) {
        if (depth >= DEPTH_MAX) {
            throw new IllegalArgumentException(
                    where + " nests deeper than " + DEPTH_MAX + " tables, or contains itself");
        }
        if (open.put(table, true) != null) {
            throw new IllegalArgumentException(where + " contains itself");
        }
        var result = new DataTable();
        for (var entry : table.entries()) {
            var path = where + path(entry.key());
            result.put(
                    copy(entry.key(), path, open, depth + 1),
                    copy(entry.value(), path, open, depth + 1));
        }
        open.remove(table);
        return result;
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
