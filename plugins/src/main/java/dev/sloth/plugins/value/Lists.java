package dev.sloth.plugins.value;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Tables read as lists and as maps of texts.
public final class Lists {
    private static final Pattern NUMERIC =
            Pattern.compile("[-+]?(?:\\d++\\.?\\d*+|\\.\\d++)(?:[eE][-+]?\\d++)?");

    private Lists() {}

    /// The items 1 to `#t`.
    public static List<Value> items(Value.Table table) {
        int length = table.length();
        var items = new ArrayList<Value>(length);
        for (int i = 1; i <= length; i++) {
            items.add(table.at(i));
        }
        return items;
    }

    /// Whether the table is a list and nothing else; an empty one is not.
    public static boolean isList(Value.Table table) {
        int length = table.length();
        return length > 0 && table.entries().size() == length;
    }

    /// The items as texts, which are copies that the allowance pays for; `what` names the table in
    /// the message.
    ///
    /// @throws CallFailure when an item is neither text nor number
    public static List<String> texts(Value.Table table, String what, Allowance allowance) {
        var paying = allowance.inSteps();
        var texts = new ArrayList<String>();
        var items = items(table);
        for (int i = 0; i < items.size(); i++) {
            paying.take(bytes(items.get(i)));
            texts.add(text(items.get(i), what + "[" + (i + 1) + "]"));
        }
        return texts;
    }

    private static long bytes(Value value) {
        return (long) Data.VALUE_BYTES + (value instanceof Text text ? text.bytes().length : 0);
    }

    /// The items as numbers; numeric text counts.
    ///
    /// @throws CallFailure when an item is not a number
    public static double[] numbers(Value.Table table, String what) {
        var items = items(table);
        var numbers = new double[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(items.get(i), what + "[" + (i + 1) + "]");
        }
        return numbers;
    }

    private static double number(Value value, String what) {
        if (value instanceof Value.Num n) {
            return n.value();
        }
        if (value instanceof Text t && NUMERIC.matcher(t.toString().strip()).matches()) {
            return Double.parseDouble(t.toString().strip());
        }
        throw new CallFailure("%s is a %s, not a number".formatted(what, value.type()));
    }

    /// The fields as texts by name, in their order; they are copies that the allowance pays for.
    ///
    /// @throws CallFailure when a key is not text, or a value neither text, number nor boolean
    public static Map<String, String> textFields(
            Value.Table table, String what, Allowance allowance) {
        var paying = allowance.inSteps();
        var fields = new LinkedHashMap<String, String>();
        for (var entry : table.entries()) {
            if (!(entry.key() instanceof Text key)) {
                throw new CallFailure(
                        "%s has a %s as a name; names are text"
                                .formatted(what, entry.key().type()));
            }
            paying.take(bytes(key) + bytes(entry.value()));
            fields.put(key.toString(), text(entry.value(), what + "." + key));
        }
        return fields;
    }

    /// Text, a number or a boolean as text.
    ///
    /// @throws CallFailure for anything else
    public static String text(Value value, String what) {
        return switch (value) {
            case Text t -> t.toString();
            case Value.Num n -> Shown.number(n.value());
            case Value.Bool b -> Boolean.toString(b.truthy());
            case Value.Nil _, Value.Table _, Value.Callable _, Value.Handle _ ->
                    throw new CallFailure(what + " is a " + value.type() + ", not text");
        };
    }
}
