package dev.sloth.codec;

import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Data as JSON. Nil, booleans, texts in UTF-8, finite numbers and lists are what they are there;
/// the rest is an object with one field: `t` a table with texts as keys, `p` any other table as its
/// keys and values in turn, `b` bytes in Base64, `n` one of `nan`, `inf`, `-inf`.
public final class ValueFormat {
    /// How many characters of a backslash, `u` and four digits are not the first.
    private static final int ESCAPED = 5;

    private ValueFormat() {}

    /// A value alone, without a format or a sum. Never empty. Equal tables whose keys are in the
    /// same order are equal bytes.
    ///
    /// @throws IllegalArgumentException when it is not data
    public static byte[] bytes(Value value) {
        return Documents.bare(pen -> write(pen, value));
    }

    /// @throws DamagedDocument when they are not what was written
    public static Value read(byte[] bytes) {
        return Damage.unless(() -> read(Documents.bare(bytes)));
    }

    /// About what a value takes that is read from bytes of [#bytes], whatever they are.
    public static long memory(byte[] bytes) {
        long fields = 0;
        int unread = 0;
        boolean inText = false;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (!inText) {
                inText = b == '"';
                fields += b == ',' || b == '[' || b == '{' ? 1 : 0;
            } else if (b == '\\') {
                int escape = i + 1 < bytes.length && bytes[i + 1] == 'u' ? ESCAPED : 1;
                i += escape;
                unread += escape;
            } else {
                inText = b != '"';
            }
        }
        return Data.VALUE_BYTES + 2 * Data.VALUE_BYTES * fields + bytes.length - unread;
    }

    /// @throws IllegalArgumentException when it is not data
    public static void write(Pen pen, Value value) {
        switch (value) {
            case Value.Nil _ -> pen.json().writeNull();
            case Value.Bool bool -> pen.json().writeBoolean(bool.truthy());
            case Value.Num(var number) -> number(pen, number);
            case Text text -> text(pen, text);
            case Value.Table table -> table(pen, table.entries());
            case Value.Callable _, Value.Handle _ ->
                    throw new IllegalArgumentException("a " + value.type() + " is not data");
        }
    }

    /// A value that is left out when it is nil.
    public static void write(Pen pen, String name, Value value) {
        if (value != Value.Nil.NIL) {
            pen.name(name);
            write(pen, value);
        }
    }

    /// A table that is left out when it is empty.
    public static void write(Pen pen, String name, Value.Table table) {
        var entries = table.entries();
        if (!entries.isEmpty()) {
            pen.name(name);
            table(pen, entries);
        }
    }

    private static void number(Pen pen, double number) {
        if (Double.isNaN(number)) {
            pen.fielded(() -> pen.text("n", "nan"));
        } else if (Double.isInfinite(number)) {
            pen.fielded(() -> pen.text("n", number > 0 ? "inf" : "-inf"));
        } else if (number == Math.rint(number)
                && Math.abs(number) <= 0x1p53
                && Double.doubleToRawLongBits(number) != Double.doubleToRawLongBits(-0.0)) {
            pen.json().writeNumber((long) number);
        } else {
            pen.json().writeNumber(number);
        }
    }

    private static void text(Pen pen, Text text) {
        if (isUtf8(text)) {
            pen.json().writeString(text.toString());
        } else {
            var base64 = Base64.getEncoder().encodeToString(text.bytes());
            pen.fielded(() -> pen.text("b", base64));
        }
    }

    private static boolean isUtf8(Text text) {
        return Arrays.equals(text.toString().getBytes(StandardCharsets.UTF_8), text.bytes());
    }

    private static void table(Pen pen, List<Value.Entry> entries) {
        if (isList(entries)) {
            pen.items(entries, entry -> write(pen, entry.value()));
        } else if (entries.stream().allMatch(e -> e.key() instanceof Text t && isUtf8(t))) {
            pen.fielded(() ->
                    pen.fielded(
                            "t",
                            () -> {
                                for (var entry : entries) {
                                    pen.name(entry.key().toString());
                                    write(pen, entry.value());
                                }
                            }));
        } else {
            pen.fielded(() -> pairs(pen, entries));
        }
    }

    private static boolean isList(List<Value.Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).key().equals(new Value.Num(i + 1))) {
                return false;
            }
        }
        return true;
    }

    private static void pairs(Pen pen, List<Value.Entry> entries) {
        pen.name("p");
        pen.json().writeStartArray();
        for (var entry : entries) {
            write(pen, entry.key());
            write(pen, entry.value());
        }
        pen.json().writeEndArray();
    }

    // ---- reading

    public static Value read(Json json) {
        return switch (json) {
            case Json.Nothing _ -> Value.Nil.NIL;
            case Json.Bool(var value) -> Value.Bool.of(value);
            case Json.Num(var digits) -> number(digits);
            case Json.Text(var value) -> Text.of(value);
            case Json.Items(var all) -> list(all);
            case Json.Fielded(var all) -> special(all);
        };
    }

    public static Value.Table readTable(Json json) {
        if (read(json) instanceof Value.Table table) {
            return table;
        }
        throw Damage.found("a table was expected, not " + json.kind());
    }

    private static Value number(String digits) {
        double number = Double.parseDouble(digits);
        if (Double.isInfinite(number)) {
            throw Damage.found("no number is that large: " + digits);
        }
        return new Value.Num(number);
    }

    private static DataTable list(List<Json> all) {
        var table = new DataTable();
        for (int i = 0; i < all.size(); i++) {
            put(table, new Value.Num(i + 1), read(all.get(i)));
        }
        return table;
    }

    private static void put(DataTable table, Value key, Value value) {
        if (key == Value.Nil.NIL || value == Value.Nil.NIL || table.at(key) != Value.Nil.NIL) {
            throw Damage.found("a table holds what no table can hold");
        }
        table.put(key, value);
    }

    private static Value special(Map<String, Json> all) {
        if (all.size() != 1) {
            throw Damage.found("a value has one field, not " + all.keySet());
        }
        var only = all.entrySet().iterator().next();
        return switch (only.getKey()) {
            case "t" -> named(only.getValue().fields());
            case "p" -> pairs(only.getValue().items());
            case "b" -> Text.ofBytes(Base64.getDecoder().decode(only.getValue().text()));
            case "n" -> special(only.getValue().text());
            default -> throw Damage.found("no value is called '" + only.getKey() + "'");
        };
    }

    private static DataTable named(Fields fields) {
        var table = new DataTable();
        fields.all().forEach((key, value) -> put(table, Text.of(key), read(value)));
        return table;
    }

    private static DataTable pairs(List<Json> flat) {
        if (flat.size() % 2 != 0) {
            throw Damage.found("a key has no value");
        }
        var table = new DataTable();
        for (int i = 0; i < flat.size(); i += 2) {
            put(table, read(flat.get(i)), read(flat.get(i + 1)));
        }
        return table;
    }

    private static Value special(String word) {
        return new Value.Num(
                switch (word) {
                    case "nan" -> Double.NaN;
                    case "inf" -> Double.POSITIVE_INFINITY;
                    case "-inf" -> Double.NEGATIVE_INFINITY;
                    default -> throw Damage.found("no number is called '" + word + "'");
                });
    }
}
