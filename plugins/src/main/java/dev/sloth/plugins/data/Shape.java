package dev.sloth.plugins.data;

import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value as document formats see it: lists apart from maps, keys as text, numbers as digits.
sealed interface Shape {
    /// A list with fewer holes than this times its items is still a list.
    int HOLES_FACTOR = 2;

    /// So many holes are borne in any list.
    int HOLES_BORNE = 8;

    record Null() implements Shape {}

    record Flag(boolean value) implements Shape {}

    record Amount(double value) implements Shape {
        String digits() {
            if (value == Math.rint(value) && Math.abs(value) <= 0x1p53) {
                return 1 / value == Double.NEGATIVE_INFINITY ? "-0.0" : Long.toString((long) value);
            }
            return Double.toString(value);
        }
    }

    record Characters(String value) implements Shape {}

    /// Text that is not UTF-8.
    record Bytes(byte[] value) implements Shape {}

    record Sequence(List<Shape> items) implements Shape {}

    record Mapping(Map<String, Shape> fields) implements Shape {}

    /// How an empty table is written.
    enum Empty {
        MAPPING,
        SEQUENCE
    }

    /// @throws IllegalArgumentException when the value is not data, saying where
    static Shape of(Value value, Empty empty) {
        return shape(Data.copyOf(value, "the value"), "the value", empty);
    }

    private static Shape shape(Value value, String where, Empty empty) {
        return switch (value) {
            case Value.Nil _ -> new Null();
            case Value.Bool b -> new Flag(b.truthy());
            case Value.Num n -> number(n.value(), where);
            case Text t -> characters(t);
            case Value.Table t -> table((DataTable) t, where, empty);
            case Value.Callable _, Value.Handle _ ->
                    throw new IllegalArgumentException(where + " is a " + value.type());
        };
    }

    private static Shape number(double number, String where) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    where + " is not a finite number, which the format cannot hold");
        }
        return new Amount(number);
    }

    private static Shape characters(Text text) {
        try {
            return new Characters(Strict.utf8(text.bytes()));
        } catch (CharacterCodingException _) {
            return new Bytes(text.bytes());
        }
    }

    private static Shape table(DataTable table, String where, Empty empty) {
        var entries = table.entries();
        if (entries.isEmpty()) {
            return empty == Empty.SEQUENCE ? new Sequence(List.of()) : new Mapping(Map.of());
        }
        int length = listLength(entries);
        if (length > 0) {
            var items = new ArrayList<Shape>(length);
            for (int i = 1; i <= length; i++) {
                items.add(shape(table.at(i), where + "[" + i + "]", empty));
            }
            return new Sequence(items);
        }
        var fields = new LinkedHashMap<String, Shape>();
        for (var entry : entries) {
            var key = key(entry.key(), where);
            if (fields.put(key, shape(entry.value(), where + "." + key, empty)) != null) {
                throw new IllegalArgumentException(
                        where + " has the key " + key + " both as a number and as text");
            }
        }
        return new Mapping(fields);
    }

    /// The highest index when all keys are indexes without too many holes, else 0.
    private static int listLength(List<Value.Entry> entries) {
        double highest = 0;
        for (var entry : entries) {
            if (!(entry.key() instanceof Value.Num n) || !n.whole() || n.value() < 1) {
                return 0;
            }
            highest = Math.max(highest, n.value());
        }
        return highest <= (double) entries.size() * HOLES_FACTOR + HOLES_BORNE ? (int) highest : 0;
    }

    private static String key(Value key, String where) {
        if (key instanceof Value.Num n && !Double.isInfinite(n.value())) {
            return new Amount(n.value()).digits();
        }
        if (key instanceof Text t && characters(t) instanceof Characters c) {
            return c.value();
        }
        throw new IllegalArgumentException(
                where + " has a key that is neither UTF-8 text nor a number");
    }
}
