package dev.sloth.plugins.data;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Lists;
import dev.sloth.plugins.value.Shown;
import java.util.ArrayList;
import java.util.List;

/// Reaching into nested tables by a path such as `servers.1.name`.
final class Paths {
    /// An index in a path has at most so many digits.
    private static final int INDEX_DIGITS_MAX = 9;

    /// About what a table takes that is made on the way of a path.
    private static final int STEP_BYTES = 4 * Data.VALUE_BYTES;

    private Paths() {}

    /// `base` with `over` laid upon it, as a new value.
    static Value merge(Value base, Value over, Allowance allowance) {
        var copy = Data.copyOf(base, "the first table", allowance);
        return lay(copy, Data.copyOf(over, "the second table", allowance));
    }

    private static Value lay(Value base, Value over) {
        if (!(base instanceof DataTable below) || !(over instanceof DataTable above)) {
            return over;
        }
        if (Lists.isList(below) || Lists.isList(above)) {
            return above;
        }
        for (var entry : above.entries()) {
            below.put(entry.key(), lay(below.at(entry.key()), entry.value()));
        }
        return below;
    }

    static DataTable flatten(Value table, String separator, Allowance allowance) {
        var flat = new DataTable();
        if (Data.copyOf(table, "the table", allowance) instanceof DataTable copy) {
            flatten(copy, "", separator, flat, allowance.inSteps());
        }
        return flat;
    }

    private static void flatten(
            DataTable table, String prefix, String separator, DataTable into, Allowance allowance) {
        for (var entry : table.entries()) {
            var name = Lists.text(entry.key(), "a key");
            allowance.take((long) prefix.length() + name.length() + separator.length());
            if (entry.value() instanceof DataTable inner && !inner.entries().isEmpty()) {
                flatten(inner, prefix + name + separator, separator, into, allowance);
            } else {
                allowance.take(2 * Data.VALUE_BYTES);
                into.put(Text.of(prefix + name), entry.value());
            }
        }
    }

    static DataTable unflatten(Value.Table flat, String separator, Allowance allowance) {
        var paying = allowance.inSteps();
        var table = new DataTable();
        for (var entry : flat.entries()) {
            var key = Lists.text(entry.key(), "a key");
            paying.take(key.length());
            var path = split(key, separator);
            paying.take((long) STEP_BYTES * path.size());
            put(table, path, Data.copyOf(entry.value(), "a value", paying));
        }
        return table;
    }

    static Value at(Value.Table table, List<String> path) {
        Value current = table;
        for (var step : path) {
            if (!(current instanceof Value.Table t)) {
                return Value.Nil.NIL;
            }
            current = t.at(key(t, step));
        }
        return current;
    }

    /// Sets the value in the table itself, making the tables on the way.
    ///
    /// @throws CallFailure when something on the way is not a table
    static void put(Value.Table table, List<String> path, Value value) {
        var current = table;
        for (var step : path.subList(0, path.size() - 1)) {
            var key = key(current, step);
            if (current.at(key) == Value.Nil.NIL) {
                current.put(key, new DataTable());
            }
            var next = current.at(key);
            if (!(next instanceof Value.Table t)) {
                throw new CallFailure(
                        "%s on the path is a %s (%s), not a table"
                                .formatted(step, next.type(), Shown.line(next)));
            }
            current = t;
        }
        current.put(key(current, path.getLast()), value);
    }

    static List<String> split(String path, String separator) {
        if (separator.isEmpty()) {
            throw new CallFailure("the separator is empty");
        }
        var steps = new ArrayList<String>();
        int from = 0;
        for (int at = path.indexOf(separator); at >= 0; at = path.indexOf(separator, from)) {
            steps.add(path.substring(from, at));
            from = at + separator.length();
        }
        steps.add(path.substring(from));
        return steps;
    }

    /// A step of digits is an index, unless the table has it as text.
    private static Value key(Value.Table table, String step) {
        var text = Text.of(step);
        boolean index =
                !step.isEmpty()
                        && step.length() <= INDEX_DIGITS_MAX
                        && step.chars().allMatch(c -> c >= '0' && c <= '9');
        return index && table.at(text) == Value.Nil.NIL
                ? new Value.Num(Integer.parseInt(step))
                : text;
    }
}
