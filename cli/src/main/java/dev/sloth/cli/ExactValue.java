package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Values in a form that JSON and YAML hold without loss. What these do not know is a table with
/// one field whose name begins with a dollar sign: `{"$bytes": BASE64}` for text that is not UTF-8,
/// `{"$number": "nan"}` and the like, `{"$table": [[KEY, VALUE], ...]}`, and `{"$nil": true}`.
final class ExactValue {
    private static final String BYTES = "$bytes";
    private static final String NUMBER = "$number";
    private static final String TABLE = "$table";
    private static final String NIL = "$nil";
    private static final Map<String, Double> NUMBERS =
            Map.of(
                    "nan", Double.NaN,
                    "inf", Double.POSITIVE_INFINITY,
                    "-inf", Double.NEGATIVE_INFINITY,
                    "-0", -0.0);

    private ExactValue() {}

    /// In that form.
    static Value written(Value value) {
        return switch (value) {
            case Value.Nil _ -> new DataTable().with(NIL, true);
            case Value.Bool bool -> bool;
            case Value.Num(double number) -> written(number);
            case Text text when isUtf8(text) -> text;
            case Text text -> named(BYTES, Base64.getEncoder().encodeToString(text.bytes()));
            case Value.Table table -> written(table);
            case Value.Callable _, Value.Handle _ ->
                    throw new IllegalArgumentException("a " + value.type() + " is no data");
        };
    }

    private static Value written(double number) {
        return NUMBERS.entrySet().stream()
                .filter(special -> Double.compare(special.getValue(), number) == 0)
                .findFirst()
                .<Value>map(special -> named(NUMBER, special.getKey()))
                .orElseGet(() -> new Value.Num(number));
    }

    private static DataTable named(String name, String text) {
        return new DataTable().with(name, text);
    }

    private static boolean isUtf8(Text text) {
        return Arrays.equals(text.toString().getBytes(StandardCharsets.UTF_8), text.bytes());
    }

    private static Value written(Value.Table table) {
        var entries = table.entries();
        if (!entries.isEmpty() && isList(entries)) {
            return DataTable.list(entries.stream().map(e -> written(e.value())).toList());
        }
        var written = new DataTable();
        if (entries.stream().allMatch(e -> isPlain(e.key()))) {
            entries.forEach(e -> written.put(e.key(), written(e.value())));
            return written;
        }
        var pairs =
                entries.stream()
                        .map(e -> DataTable.list(List.of(written(e.key()), written(e.value()))))
                        .toList();
        return written.with(TABLE, DataTable.list(pairs));
    }

    private static boolean isList(List<Value.Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).key().equals(new Value.Num(i + 1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(Value key) {
        return key instanceof Text text && isUtf8(text) && !text.toString().startsWith("$");
    }

    /// Back from that form.
    ///
    /// @throws IllegalArgumentException when it is not of that form
    static Value read(Value value) {
        return switch (value) {
            case Value.Table table -> read(table);
            case Value.Nil _, Value.Bool _, Value.Num _, Text _ -> value;
            case Value.Callable _, Value.Handle _ ->
                    throw new IllegalArgumentException("a " + value.type() + " is no data");
        };
    }

    private static Value read(Value.Table table) {
        var entries = table.entries();
        var first = entries.isEmpty() ? "" : entries.getFirst().key().toString();
        if (first.startsWith("$")) {
            return special(first, entries);
        }
        var read = new DataTable();
        entries.forEach(e -> read.put(e.key(), read(e.value())));
        return read;
    }

    private static Value special(String name, List<Value.Entry> entries) {
        var value = entries.getFirst().value();
        if (entries.size() == 1) {
            switch (name) {
                case NIL -> {
                    return Value.Nil.NIL;
                }
                case BYTES -> {
                    return Text.ofBytes(Base64.getDecoder().decode(value.toString()));
                }
                case NUMBER -> {
                    var number = NUMBERS.get(value.toString());
                    if (number != null) {
                        return new Value.Num(number);
                    }
                }
                case TABLE -> {
                    if (value instanceof Value.Table pairs) {
                        return table(pairs);
                    }
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException(
                "a field is called '%s', and what that means is not known".formatted(name));
    }

    private static DataTable table(Value.Table pairs) {
        var table = new DataTable();
        for (var pair : new ArrayList<>(pairs.entries())) {
            if (!(pair.value() instanceof Value.Table two) || two.length() != 2) {
                throw new IllegalArgumentException("each of a $table must be a key and a value");
            }
            table.put(read(two.at(1)), read(two.at(2)));
        }
        return table;
    }
}
