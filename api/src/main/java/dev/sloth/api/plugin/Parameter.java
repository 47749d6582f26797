package dev.sloth.api.plugin;

import java.util.List;

/// One parameter. `options` describe the fields of a table parameter: an unknown field given by a
/// script is an error that names the nearest known one, unless none are declared.
public record Parameter(
        String name, Type type, boolean optional, String doc, List<Parameter> options) {
    public Parameter {
        options = List.copyOf(options);
    }

    public static Parameter required(String name, Type type, String doc) {
        return new Parameter(name, type, false, doc, List.of());
    }

    public static Parameter optional(String name, Type type, String doc) {
        return new Parameter(name, type, true, doc, List.of());
    }

    public Parameter options(Parameter... fields) {
        return new Parameter(name, type, optional, doc, List.of(fields));
    }
}
