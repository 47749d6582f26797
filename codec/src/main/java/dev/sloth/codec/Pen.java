package dev.sloth.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// Writes documents. A field that is given with what its absence means is left out when it is just
/// that; [Fields] reads it so.
public final class Pen {
    private final JsonGenerator json;

    Pen(JsonGenerator json) {
        this.json = json;
    }

    JsonGenerator json() {
        return json;
    }

    /// Says whose value is written next.
    public void name(String name) {
        json.writeName(name);
    }

    public void fielded(Runnable fields) {
        json.writeStartObject();
        fields.run();
        json.writeEndObject();
    }

    public void fielded(String name, Runnable fields) {
        json.writeName(name);
        fielded(fields);
    }

    public <T> void items(Iterable<T> all, Consumer<T> item) {
        json.writeStartArray();
        all.forEach(item);
        json.writeEndArray();
    }

    /// A list, left out when it is empty.
    <T> void list(String name, Collection<T> all, Consumer<T> item) {
        if (!all.isEmpty()) {
            json.writeName(name);
            items(all, item);
        }
    }

    /// A table from texts, in the order of its keys, so that equal tables are equal bytes; left out
    /// when it is empty. Keys that are not Unicode make it a list of keys and values in turn.
    <T> void map(String name, Map<String, T> all, Consumer<T> item) {
        if (all.isEmpty()) {
            return;
        }
        json.writeName(name);
        var sorted = new TreeMap<>(all);
        if (sorted.keySet().stream().allMatch(Pen::isUnicode)) {
            fielded(() ->
                    sorted.forEach((key, value) -> {
                        json.writeName(key);
                        item.accept(value);
                    }));
            return;
        }
        json.writeStartArray();
        sorted.forEach((key, value) -> {
            text(key);
            item.accept(value);
        });
        json.writeEndArray();
    }

    public void text(String value) {
        if (isUnicode(value)) {
            json.writeString(value);
        } else {
            json.writeRawValue(escaped(value));
        }
    }

    public void text(String name, String value) {
        json.writeName(name);
        text(value);
    }

    public void text(String name, String value, String usual) {
        if (!value.equals(usual)) {
            text(name, value);
        }
    }

    public void flag(String name, boolean value) {
        json.writeName(name);
        json.writeBoolean(value);
    }

    public void flag(String name, boolean value, boolean usual) {
        if (value != usual) {
            flag(name, value);
        }
    }

    public void number(String name, long value) {
        json.writeName(name);
        json.writeNumber(value);
    }

    public void number(String name, long value, long usual) {
        if (value != usual) {
            number(name, value);
        }
    }

    public void instant(String name, Instant at) {
        json.writeName(name);
        json.writeNumber(Seconds.of(at));
    }

    public void instant(String name, Instant at, Instant usual) {
        if (!at.equals(usual)) {
            instant(name, at);
        }
    }

    void duration(String name, Duration time, Duration usual) {
        if (!time.equals(usual)) {
            json.writeName(name);
            json.writeNumber(Seconds.of(time));
        }
    }

    public void word(String name, Enum<?> constant) {
        text(name, Words.of(constant));
    }

    public <E extends Enum<E>> void word(String name, E constant, E usual) {
        if (constant != usual) {
            word(name, constant);
        }
    }

    /// Half of a pair of surrogates alone, as when a text was cut short, is no Unicode: no UTF-8
    /// can hold it, but an escape can.
    private static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        var all = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                all.append(c);
            } else {
                all.append("\\u%04x".formatted((int) c));
            }
        }
        return all.append('"').toString();
    }
}
