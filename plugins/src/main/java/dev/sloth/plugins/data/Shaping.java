package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives a value the shape in which a document holds it.
final class Shaping {
    private final Shape.Empty empty;
    private final Allowance allowance;

    Shaping(Shape.Empty empty, Allowance allowance) {
        this.empty = empty;
        this.allowance = allowance.inSteps();
    }

    Shape of(Value value) {
        return shape(Data.copyOf(value, "the value", allowance), "the value");
    }

    private Shape shape(Value value, String where) {
        allowance.take(Data.VALUE_BYTES);
        return switch (value) {
            case Value.Nil _ -> new Shape.Null();
            case Value.Bool b -> new Shape.Flag(b.truthy());
            case Value.Num n -> number(n.value(), where);
            case Text t -> characters(t);
            case Value.Table t -> table((DataTable) t, where);
            case Value.Callable _, Value.Handle _ ->
                    throw new IllegalArgumentException(where + " is a " + value.type());
        };
    }

    private static Shape number(double number, String where) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    where + " is not a finite number, which the format cannot hold");
        }
        return new Shape.Amount(number);
    }

    private Shape characters(Text text) {
        allowance.take(text.bytes().length);
        try {
            return new Shape.Characters(Strict.utf8(text.bytes()));
        } catch (CharacterCodingException _) {
            return new Shape.Bytes(text.bytes());
        }
    }

    private Shape table(DataTable table, String where) {
        var entries = table.entries();
        if (entries.isEmpty()) {
            return empty == Shape.Empty.SEQUENCE
                    ? new Shape.Sequence(List.of())
                    : new Shape.Mapping(Map.of());
        }
        int length = listLength(entries);
        if (length > 0) {
            var items = new ArrayList<Shape>(length);
            for (int i = 1; i <= length; i++) {
                items.add(shape(table.at(i), where + "[" + i + "]"));
            }
            return new Shape.Sequence(items);
        }
        var fields = new LinkedHashMap<String, Shape>();
        for (var entry : entries) {
            var key = key(entry.key(), where);
            if (fields.put(key, shape(entry.value(), where + "." + key)) != null) {
                throw new IllegalArgumentException(
                        where + " has the key " + key + " both as a number and as text");
            }
        }
        return new Shape.Mapping(fields);
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
        return highest <= (double) entries.size() * Shape.HOLES_FACTOR + Shape.HOLES_BORNE
                ? (int) highest
                : 0;
    }

    private String key(Value key, String where) {
        if (key instanceof Value.Num n && !Double.isInfinite(n.value())) {
            return new Shape.Amount(n.value()).digits();
        }
        if (key instanceof Text t && characters(t) instanceof Shape.Characters c) {
            return c.value();
        }
        throw new IllegalArgumentException(
                where + " has a key that is neither UTF-8 text nor a number");
    }
}
