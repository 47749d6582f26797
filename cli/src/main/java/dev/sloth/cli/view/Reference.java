package dev.sloth.cli.view;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The reference of modules, made from the same declarations that put them into scripts.
public final class Reference {
    private static final String INDENT = "    ";

    private Reference() {}

    /// One line a module.
    public static List<String> overview(List<Module> modules) {
        var table = new TextTable("MODULE", "FUNCTIONS", "WHAT IT IS");
        modules.forEach(m ->
                table.row(
                        m.name(), Integer.toString(m.functions().size()), firstSentence(m.doc())));
        return table.lines(0);
    }

    private static String firstSentence(String doc) {
        int end = doc.indexOf(". ");
        return end < 0 ? doc : doc.substring(0, end + 1);
    }

    /// A whole module.
    public static List<String> module(Module module) {
        var lines = new ArrayList<String>();
        lines.add(module.name() + ": " + module.doc());
        for (var constant : module.constants()) {
            lines.add("");
            lines.add(module.name() + "." + constant.name());
            lines.add(INDENT + constant.doc());
        }
        for (var function : module.functions()) {
            lines.add("");
            lines.addAll(function(name(module, function), function));
        }
        for (var handle : module.handles()) {
            lines.add("");
            lines.add("object " + handle.name() + ": " + handle.doc());
            for (var method : handle.methods()) {
                lines.add("");
                lines.addAll(function(name(handle, method), method));
            }
        }
        return lines;
    }

    static String name(Module module, Function function) {
        return function.name().equals(Function.ITSELF)
                ? module.name()
                : module.name() + "." + function.name();
    }

    private static String name(HandleType handle, Function method) {
        return method.name().equals(Function.ITSELF)
                ? handle.name()
                : handle.name() + ":" + method.name();
    }

    /// One function under its full name.
    public static List<String> function(String name, Function function) {
        var lines = new ArrayList<String>();
        lines.add(name + signature(function));
        if (!function.doc().isEmpty()) {
            lines.add(INDENT + function.doc());
        }
        function.parameters().forEach(p -> parameter(lines, INDENT, p));
        for (var result : function.results()) {
            lines.add(
                    INDENT
                            + "-> "
                            + result.name()
                            + ": "
                            + result.type().annotation()
                            + (result.nilable() ? "?" : "")
                            + (result.doc().isEmpty() ? "" : "  " + result.doc()));
        }
        if (!function.permissions().isEmpty()) {
            lines.add(INDENT + "needs: " + permissions(function));
        }
        function.example().lines().forEach(line -> lines.add(INDENT + "  | " + line));
        return lines;
    }

    static String permissions(Function function) {
        return function.permissions().stream()
                .sorted()
                .map(Permission::name)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String signature(Function function) {
        var names =
                function.parameters().stream().map(p -> p.optional() ? p.name() + "?" : p.name());
        return "("
                + names.collect(Collectors.joining(", "))
                + (function.variadic() ? ", ..." : "")
                + ")"
                + (function.named() ? "  or one table with these fields" : "");
    }

    private static void parameter(List<String> lines, String indent, Parameter parameter) {
        lines.add(
                indent
                        + parameter.name()
                        + (parameter.optional() ? "?" : "")
                        + ": "
                        + parameter.type().annotation()
                        + (parameter.doc().isEmpty() ? "" : "  " + parameter.doc()));
        parameter.options().forEach(option -> parameter(lines, indent + INDENT, option));
        if (!parameter.items().isEmpty()) {
            lines.add(indent + INDENT + "each of them a table:");
            parameter.items().forEach(field -> parameter(lines, indent + INDENT, field));
        }
    }

    /// For programs; `docs/cli.md` describes the fields.
    public static Document document(Module module) {
        return new Document()
                .with("name", module.name())
                .with("doc", module.doc())
                .with(
                        "functions",
                        module.functions().stream().map(f -> document(name(module, f), f)).toList())
                .with(
                        "constants",
                        module.constants().stream()
                                .map(c ->
                                        new Document().with("name", c.name()).with("doc", c.doc()))
                                .toList())
                .with(
                        "objects",
                        module.handles().stream()
                                .map(h ->
                                        new Document()
                                                .with("name", h.name())
                                                .with("doc", h.doc())
                                                .with(
                                                        "methods",
                                                        h.methods().stream()
                                                                .map(m -> document(name(h, m), m))
                                                                .toList()))
                                .toList());
    }

    /// One function for programs.
    public static Document document(String name, Function function) {
        return new Document()
                .with("name", name)
                .with("doc", function.doc())
                .with(
                        "parameters",
                        function.parameters().stream().map(Reference::document).toList())
                .with("variadic", function.variadic())
                .with("named_or_positional", function.named())
                .with(
                        "results",
                        function.results().stream()
                                .map(r ->
                                        new Document()
                                                .with("name", r.name())
                                                .with("type", r.type().annotation())
                                                .with("optional", r.nilable())
                                                .with("doc", r.doc()))
                                .toList())
                .with(
                        "needs",
                        function.permissions().stream()
                                .sorted()
                                .map(p -> p.name().toLowerCase(Locale.ROOT))
                                .toList())
                .with("example", function.example());
    }

    private static Document document(Parameter parameter) {
        return new Document()
                .with("name", parameter.name())
                .with("type", parameter.type().annotation())
                .with("optional", parameter.optional())
                .with("doc", parameter.doc())
                .with("options", parameter.options().stream().map(Reference::document).toList())
                .with("items", parameter.items().stream().map(Reference::document).toList())
                .with("words", parameter.words());
    }
}
