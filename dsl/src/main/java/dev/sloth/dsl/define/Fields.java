package dev.sloth.dsl.define;

import dev.sloth.api.plugin.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields that something may have, by every name they go by.
///
/// @param <P> what the values are read into
final class Fields<P> {
    private final Map<String, Field<P>> byName = new LinkedHashMap<>();
    private final List<Field<P>> all = new ArrayList<>();

    /// What is to be known of a field before its value is looked at.
    interface Known {
        /// Its first name.
        String field();

        /// Whether giving it again adds to it.
        boolean grows();
    }

    /// One field.
    record Field<P>(String field, boolean grows, Type type, String doc, Reader<P> reader)
            implements Known {}

    /// Reads the value of a field into the parts of a thing.
    @FunctionalInterface
    interface Reader<P> {
        void read(Reading reading, P parts);
    }

    Fields<P> one(String names, Type type, String doc, Reader<P> reader) {
        return add(names, false, type, doc, reader);
    }

    /// A field that holds several, and grows when it is given again.
    Fields<P> many(String names, Type type, String doc, Reader<P> reader) {
        return add(names, true, type, doc, reader);
    }

    private Fields<P> add(String names, boolean grows, Type type, String doc, Reader<P> reader) {
        String[] each = names.split(" ", -1);
        var field = new Field<>(each[0], grows, type, doc, reader);
        all.add(field);
        for (String name : each) {
            byName.put(name, field);
        }
        return this;
    }

    Optional<Field<P>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<Field<P>> all() {
        return all;
    }

    /// All names, synonyms too.
    Set<String> names() {
        return byName.keySet();
    }

    Field<P> named(String name) {
        var field = byName.get(name);
        if (field == null) {
            throw new IllegalArgumentException("no field is called " + name);
        }
        return field;
    }
}
