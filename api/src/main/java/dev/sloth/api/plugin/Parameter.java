package dev.sloth.api.plugin;

import java.util.List;

/// One parameter. An unknown field of a table that declares its fields, given by a script, is an
/// error that names the nearest known one.
///
/// @param options the fields of a table; any are taken if none are declared
/// @param items the fields of each table in a list; any are taken if none are declared
/// @param words all that a text can be; anything if none are declared
public record Parameter(
        String name,
        Type type,
        boolean optional,
        String doc,
        List<Parameter> options,
        List<Parameter> items,
        List<String> words) {
    public Parameter {
        options = List.copyOf(options);
        items = List.copyOf(items);
        words = List.copyOf(words);
    }

    public static Parameter required(String name, Type type, String doc) {
        return new Parameter(name, type, false, doc, List.of(), List.of(), List.of());
    }

    public static Parameter optional(String name, Type type, String doc) {
        return new Parameter(name, type, true, doc, List.of(), List.of(), List.of());
    }

    /// The same for a table with these fields.
    public Parameter options(Parameter... fields) {
        return new Parameter(name, type, optional, doc, List.of(fields), items, words);
    }

    /// The same for a list of tables with these fields.
    public Parameter items(Parameter... fields) {
        return new Parameter(name, type, optional, doc, options, List.of(fields), words);
    }

    /// The same for a text that is one of these.
    public Parameter words(String... all) {
        return new Parameter(name, type, optional, doc, options, items, List.of(all));
    }
}
