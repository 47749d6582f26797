package dev.sloth.cli.view;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Result;
import dev.sloth.api.plugin.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A module as a `---@meta` file, from which editors with a Lua language server complete and check
/// scripts.
public final class Annotations {
    /// Words that cannot be parameters' names.
    private static final Set<String> RESERVED =
            Set.of(
                    "and",
                    "break",
                    "do",
                    "else",
                    "elseif",
                    "end",
                    "false",
                    "for",
                    "function",
                    "goto",
                    "if",
                    "in",
                    "local",
                    "nil",
                    "not",
                    "or",
                    "repeat",
                    "return",
                    "then",
                    "true",
                    "until",
                    "while");

    private final Module module;
    private final List<String> lines = new ArrayList<>();

    private Annotations(Module module) {
        this.module = module;
    }

    public static List<String> of(Module module) {
        var annotations = new Annotations(module);
        annotations.write();
        return annotations.lines;
    }

    private void write() {
        lines.add("---@meta");
        lines.add("");
        module.handles().forEach(this::handle);
        doc(module.doc());
        lines.add("---@class " + module.name() + "lib");
        for (var constant : module.constants()) {
            lines.add(
                    "---@field "
                            + constant.name()
                            + " "
                            + type(constant.value().type())
                            + " "
                            + flat(constant.doc()));
        }
        callable(module.functions());
        lines.add(module.name() + " = {}");
        module.functions().stream()
                .filter(f -> !f.name().equals(Function.ITSELF))
                .forEach(f -> function(module.name() + ".", f));
    }

    private void handle(HandleType handle) {
        doc(handle.doc());
        lines.add("---@class " + handle.name());
        callable(handle.methods());
        lines.add("local " + local(handle) + " = {}");
        handle.methods().stream()
                .filter(method -> !method.name().equals(Function.ITSELF))
                .forEach(method -> function(local(handle) + ":", method));
        lines.add("");
    }

    /// What can itself be called.
    private void callable(List<Function> functions) {
        functions.stream()
                .filter(f -> f.name().equals(Function.ITSELF))
                .forEach(f -> lines.add("---@overload fun(" + parameters(f) + ")" + results(f)));
    }

    /// Names of object types may hold dots, those of variables not.
    private static String local(HandleType handle) {
        return handle.name().replaceAll("\\W", "_");
    }

    private void function(String prefix, Function function) {
        lines.add("");
        doc(function.doc());
        if (!function.permissions().isEmpty()) {
            lines.add("--- Needs: " + Reference.permissions(function));
        }
        for (var parameter : function.parameters()) {
            lines.add(
                    ("---@param "
                                    + name(function, parameter)
                                    + (parameter.optional() ? "? " : " ")
                                    + type(parameter)
                                    + " "
                                    + flat(parameter.doc()))
                            .stripTrailing());
        }
        for (var result : function.results()) {
            lines.add(
                    ("---@return "
                                    + result(result)
                                    + " "
                                    + result.name()
                                    + " "
                                    + flat(result.doc()))
                            .stripTrailing());
        }
        if (function.named()) {
            lines.add(
                    "---@overload fun(options: "
                            + table(function.parameters())
                            + ")"
                            + results(function));
        }
        lines.add(definition(prefix, function));
    }

    /// A name that is a word of Lua, such as `time.until`, can only be set as a field.
    private static String definition(String prefix, Function function) {
        var name = function.name();
        if (!RESERVED.contains(name)) {
            return "function " + prefix + name + "(" + names(function) + ") end";
        }
        var owner = prefix.substring(0, prefix.length() - 1);
        return owner + "[\"" + name + "\"] = function(" + names(function) + ") end";
    }

    private static String name(Function function, Parameter parameter) {
        boolean last = parameter.equals(function.parameters().getLast());
        return function.variadic() && last ? "..." : safe(parameter.name());
    }

    private static String safe(String name) {
        return RESERVED.contains(name) ? name + "_" : name;
    }

    private static String names(Function function) {
        return function.parameters().stream()
                .map(p -> name(function, p))
                .collect(Collectors.joining(", "));
    }

    private static String parameters(Function function) {
        return function.parameters().stream()
                .map(p -> name(function, p) + (p.optional() ? "?: " : ": ") + type(p))
                .collect(Collectors.joining(", "));
    }

    private static String results(Function function) {
        if (function.results().isEmpty()) {
            return "";
        }
        return ": "
                + function.results().stream()
                        .map(Annotations::result)
                        .collect(Collectors.joining(", "));
    }

    /// `any` holds nil already, and a question mark behind a choice of types would be read as part
    /// of the last one.
    private static String result(Result result) {
        var type = result.type().annotation();
        if (!result.nilable() || result.type() == Type.ANY) {
            return type(type);
        }
        return type.contains("|") || result.type() == Type.FUNCTION
                ? "(" + type(type) + ")?"
                : type + "?";
    }

    private static String type(Parameter parameter) {
        if (!parameter.options().isEmpty()) {
            return table(parameter.options());
        }
        if (!parameter.items().isEmpty()) {
            return table(parameter.items()) + "[]";
        }
        return parameter.words().isEmpty()
                ? type(parameter.type().annotation())
                : parameter.words().stream()
                        .map(word -> '"' + word + '"')
                        .collect(Collectors.joining("|"));
    }

    private static String type(String annotation) {
        return annotation.equals("function") ? "fun(...): any" : annotation;
    }

    private static String table(List<Parameter> fields) {
        return fields.stream()
                .map(p -> safe(p.name()) + (p.optional() ? "?: " : ": ") + type(p))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private void doc(String text) {
        text.lines().forEach(line -> lines.add(("--- " + line).stripTrailing()));
    }

    private static String flat(String text) {
        return text.replace('\n', ' ');
    }
}
