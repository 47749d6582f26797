package dev.sloth.plugins.template;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.JsonWriter;
import dev.sloth.plugins.value.Draft;
import dev.sloth.plugins.value.Lists;
import dev.sloth.plugins.value.Shown;
import java.util.List;
import java.util.Locale;

/// Writes a compiled template with values, within bounds.
final class Rendering {
    private static final int LENGTH_MAX = 32 << 20;
    private static final int STEPS_MAX = 2_000_000;

    private final Draft out;
    private final Allowance allowance;
    private int steps;

    private Rendering(Allowance allowance) {
        this.out = new Draft(allowance);
        this.allowance = allowance;
    }

    static String render(List<Part> parts, Value.Table values, Allowance allowance) {
        var rendering = new Rendering(allowance);
        rendering.write(parts, values);
        return rendering.out.toString();
    }

    private void write(List<Part> parts, Value.Table values) {
        for (var part : parts) {
            switch (part) {
                case Part.Plain(var text) -> out.append(text);
                case Part.Show(var lookup) -> show(lookup, values);
                case Part.If(var lookup, var negated, var then, var otherwise) -> {
                    boolean holds = value(lookup, values).truthy();
                    write(holds != negated ? then : otherwise, values);
                }
                case Part.For loop -> repeat(loop, values);
            }
        }
    }

    private void show(Part.Lookup lookup, Value.Table values) {
        var value = value(lookup, values);
        if (value == Value.Nil.NIL) {
            throw new Broken(
                    String.join(".", lookup.path()) + " has no value; default \"\" allows that",
                    lookup.line(),
                    lookup.column());
        }
        out.append(Shown.line(value));
        step(lookup);
    }

    private void repeat(Part.For loop, Value.Table values) {
        if (!(value(loop.list(), values) instanceof Value.Table list)) {
            throw new Broken(
                    String.join(".", loop.list().path()) + " is not a list",
                    loop.list().line(),
                    loop.list().column());
        }
        for (var item : Lists.items(list)) {
            step(loop.list());
            var inner = new DataTable();
            values.entries().forEach(e -> inner.put(e.key(), e.value()));
            inner.put(loop.name(), item);
            write(loop.body(), inner);
        }
    }

    private void step(Part.Lookup at) {
        if (Thread.currentThread().isInterrupted()) {
            throw new Broken("writing was stopped here", at.line(), at.column());
        }
        if (++steps > STEPS_MAX || out.length() > LENGTH_MAX) {
            throw new Broken("the text becomes too long", at.line(), at.column());
        }
    }

    private Value value(Part.Lookup lookup, Value.Table values) {
        Value value = values;
        for (var step : lookup.path()) {
            value = value instanceof Value.Table table ? field(table, step) : Value.Nil.NIL;
        }
        for (var filter : lookup.filters()) {
            value = filtered(filter, value, lookup);
        }
        return value;
    }

    private static Value field(Value.Table table, String step) {
        var named = table.at(step);
        boolean index = step.length() < 10 && step.chars().allMatch(Character::isDigit);
        return named == Value.Nil.NIL && index ? table.at(Integer.parseInt(step)) : named;
    }

    private Value filtered(Part.Filter filter, Value value, Part.Lookup at) {
        if (filter instanceof Part.Filter.Default(var text)) {
            return value == Value.Nil.NIL ? Text.of(text) : value;
        }
        if (filter instanceof Part.Filter.Json) {
            try {
                return Text.of(JsonWriter.write(value, 0, allowance));
            } catch (IllegalArgumentException e) {
                throw new Broken(String.valueOf(e.getMessage()), at.line(), at.column());
            }
        }
        if (value == Value.Nil.NIL) {
            return value;
        }
        var text = Shown.line(value);
        return Text.of(
                switch (filter) {
                    case Part.Filter.Upper _ -> text.toUpperCase(Locale.ROOT);
                    case Part.Filter.Lower _ -> text.toLowerCase(Locale.ROOT);
                    case Part.Filter.Trim _, Part.Filter.Json _, Part.Filter.Default _ ->
                            text.strip();
                });
    }
}
