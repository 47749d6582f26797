package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.util.Locale;

/// Reads a file of values, as given by `--values`, with the same bounds as scripts have.
public final class ValuesFile {
    private static final String REMEDY = "Write the file as `name: value` lines.";

    private ValuesFile() {}

    /// The table in the file. A name that ends in `.json` is read as JSON, all else as YAML. An
    /// empty file is an empty table.
    ///
    /// @throws Problems with line and column when it is not well formed, or not a table
    public static DataTable parse(String name, byte[] text) {
        var json = name.toLowerCase(Locale.ROOT).endsWith(".json");
        var parsed =
                json
                        ? Json.parse(text, DocumentBounds.STANDARD)
                        : Yaml.parse(text, DocumentBounds.STANDARD);
        return switch (parsed) {
            case Parsed.Good(DataTable list) when isList(list) ->
                    throw problem(
                            "SLOTH-2002",
                            "the values are a list, not a table of names",
                            new Span(name, 1, 1),
                            REMEDY);
            case Parsed.Good(DataTable table) -> table;
            case Parsed.Good(Value.Nil _) -> new DataTable();
            case Parsed.Good(var other) ->
                    throw problem(
                            "SLOTH-2002",
                            "the values are a " + other.type() + ", not a table of names",
                            new Span(name, 1, 1),
                            REMEDY);
            case Parsed.Bad(var message, var line, var column) ->
                    throw problem(
                            "SLOTH-2001",
                            "the values cannot be read: " + message,
                            new Span(name, line, column),
                            "Mend the file there, as " + (json ? "JSON" : "YAML") + " wants it.");
        };
    }

    /// `base` with `over` laid upon it: tables merge field by field, anything else is replaced, and
    /// lists are replaced whole.
    public static DataTable merge(DataTable base, DataTable over) {
        return (DataTable) Paths.merge(base, over, Allowance.FREE);
    }

    private static boolean isList(DataTable table) {
        return table.length() > 0 && table.length() == table.entries().size();
    }

    private static Problems problem(String code, String message, Span at, String remedy) {
        return new Problems(new Problem(code, message, at, remedy));
    }
}
