package dev.sloth.api.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table of its own, apart from any script: keys keep the order in which they were first set. Not
/// safe for use by several threads at once while it is being changed.
public final class DataTable implements Value.Table {
    private final Map<Value, Value> fields = new LinkedHashMap<>();

    /// A list, counted from 1.
    public static DataTable list(List<? extends Value> items) {
        var table = new DataTable();
        for (int i = 0; i < items.size(); i++) {
            table.put(new Value.Num(i + 1), items.get(i));
        }
        return table;
    }

    public static DataTable of(Map<String, ? extends Value> named) {
        var table = new DataTable();
        named.forEach((key, value) -> table.put(Text.of(key), value));
        return table;
    }

    /// Sets a field and gives the table back, for building.
    public DataTable with(String key, Value value) {
        put(Text.of(key), value);
        return this;
    }

    public DataTable with(String key, String value) {
        return with(key, Text.of(value));
    }

    public DataTable with(String key, double value) {
        return with(key, new Value.Num(value));
    }

    public DataTable with(String key, boolean value) {
        return with(key, Value.Bool.of(value));
    }

    @Override
    public Value at(Value key) {
        return fields.getOrDefault(key, Value.Nil.NIL);
    }

    @Override
    public void put(Value key, Value value) {
        if (key == Value.Nil.NIL) {
            throw new IllegalArgumentException("a table key cannot be nil");
        }
        if (value == Value.Nil.NIL) {
            fields.remove(key);
        } else {
            fields.put(key, value);
        }
    }

    @Override
    public int length() {
        int n = 0;
        while (fields.containsKey(new Value.Num(n + 1))) {
            n++;
        }
        return n;
    }

    @Override
    public List<Value.Entry> entries() {
        var entries = new ArrayList<Value.Entry>(fields.size());
        fields.forEach((key, value) -> entries.add(new Value.Entry(key, value)));
        return entries;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataTable t && fields.equals(t.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
