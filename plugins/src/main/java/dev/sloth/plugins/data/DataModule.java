package dev.sloth.plugins.data;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import java.util.List;

/// The module `data`.
public final class DataModule {
    private static final String SEPARATOR_DOC = "What separates the steps of a path; \".\" if nil.";

    private DataModule() {}

    public static Module module() {
        return Module.named(
                        "data",
                        "Reads and writes JSON, YAML, CSV and XML, and works with nested tables.")
                .functions(
                        Formats.jsonDecode("json_decode"),
                        Formats.jsonEncode("json_encode"),
                        Formats.jsonPretty("json_pretty"),
                        Formats.jsonValidate("json_validate"),
                        Formats.yamlDecode("yaml_decode"),
                        Formats.yamlEncode("yaml_encode"),
                        Formats.jsonDecode("parse_json"),
                        Formats.jsonEncode("to_json"),
                        Formats.yamlDecode("parse_yaml"),
                        Formats.yamlEncode("to_yaml"))
                .functions(converters())
                .functions(xmlDecode(), xmlEncode(), csvParse(), csvGenerate())
                .functions(deepMerge(), flatten(), unflatten(), pathReader(), pathWriter());
    }

    private static Function[] converters() {
        return new Function[] {
            converter("yaml_to_json", "YAML", "JSON")
                    .body(call ->
                            convert(
                                    Yaml.parse(Formats.bytes(call), Formats.bounds(call)),
                                    true,
                                    call)),
            converter("json_to_yaml", "JSON", "YAML")
                    .body(call ->
                            convert(
                                    Json.parse(Formats.bytes(call), Formats.bounds(call)),
                                    false,
                                    call)),
            converter("xml_to_json", "XML", "JSON")
                    .body(call ->
                            convert(
                                    Xml.parse(Formats.bytes(call), Formats.bounds(call)),
                                    true,
                                    call)),
        };
    }

    private static Function.Builder converter(String name, String from, String to) {
        return Function.named(name)
                .doc("Writes a " + from + " document as " + to + ".")
                .param("text", Type.STRING, "The " + from + " document.")
                .returnsOrNil("text", Type.STRING, "The same as " + to + ", or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong with the document, or nil.")
                .example("local text, err = data." + name + "(text)");
    }

    private static List<Value> convert(Parsed parsed, boolean toJson, Call call) {
        return switch (parsed) {
            case Parsed.Bad bad -> Results.fail(bad.toString());
            case Parsed.Good(var value) ->
                    Formats.written(() ->
                            toJson ? JsonWriter.write(value, 0, call) : Yaml.write(value, call));
        };
    }

    private static Function xmlDecode() {
        return Function.named("xml_decode")
                .doc(
                        "Reads XML into a table with one field, the root element. Attributes"
                                + " become fields such as \"@id\", an element that comes several times"
                                + " becomes a list, and text beside elements is in \"#text\"."
                                + " Document types and entities of one's own are refused.")
                .param("text", Type.STRING, "The XML document.")
                .returnsOrNil("value", Type.TABLE, "The document as a table, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, with line and column, or nil.")
                .example("local doc = data.xml_decode('<a id=\"1\"><b>x</b></a>') -- doc.a.b")
                .body(call ->
                        Formats.results(Xml.parse(Formats.bytes(call), Formats.bounds(call))));
    }

    private static Function xmlEncode() {
        return Function.named("xml_encode")
                .doc(
                        "Writes a value as XML, in the form that xml_decode reads. Without a root"
                                + " name a table with a single field is its own root; anything else"
                                + " is put into an element called root.")
                .param("value", Type.ANY, "What to write.")
                .optional("root", Type.STRING, "The name of the outermost element.")
                .returnsOrNil("text", Type.STRING, "The XML document, or nil.")
                .returnsOrNil("error", Type.STRING, "Why it cannot be written, or nil.")
                .example("local text = data.xml_encode({server = {[\"@id\"] = 1, name = \"web\"}})")
                .body(call ->
                        Formats.written(() ->
                                XmlWriter.write(
                                        Shape.of(call.value("value"), Shape.Empty.MAPPING, call),
                                        call.text("root", ""),
                                        call)));
    }

    private static Function csvParse() {
        return Function.named("csv_parse")
                .doc(
                        "Reads comma-separated values into a list of rows, each a list of texts."
                                + " With header, the first row names the fields of the others.")
                .param("text", Type.STRING, "The rows.")
                .optional("separator", Type.STRING, "What separates the fields; \",\" if nil.")
                .optional("header", Type.BOOLEAN, "Whether the first row holds names.")
                .returnsOrNil("rows", Type.TABLE, "The rows, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, with line and column, or nil.")
                .example("local rows = data.csv_parse(\"name,port\\nweb,80\", \",\", true)")
                .body(call ->
                        switch (Csv.parse(
                                Formats.bytes(call), separator(call), Formats.bounds(call))) {
                            case Parsed.Bad bad -> Results.fail(bad.toString());
                            case Parsed.Good(var rows) ->
                                    Results.of(
                                            call.flag("header", false)
                                                    ? Csv.named((DataTable) rows, call)
                                                    : rows);
                        });
    }

    private static Function csvGenerate() {
        return Function.named("csv_generate")
                .doc("Writes a list of rows, each a list of fields, as comma-separated values.")
                .param("rows", Type.TABLE, "The rows; fields are text, numbers or booleans.")
                .optional("separator", Type.STRING, "What separates the fields; \",\" if nil.")
                .returns("text", Type.STRING, "The rows, each on a line of its own.")
                .example("local text = data.csv_generate({{\"name\", \"port\"}, {\"web\", 80}})")
                .body(call -> Results.of(Csv.generate(call.table("rows"), separator(call), call)));
    }

    private static char separator(Call call) {
        var separator = call.text("separator", ",");
        boolean fits = separator.length() == 1 && separator.charAt(0) < 0x80;
        if (!fits || "\"\r\n".contains(separator)) {
            throw new CallFailure(
                    "the separator is one ASCII character, not \"" + separator + "\"");
        }
        return separator.charAt(0);
    }

    private static Function deepMerge() {
        return Function.named("deep_merge")
                .doc(
                        "Lays the second table upon the first and gives the result as a new table."
                                + " Tables merge field by field; lists and all else are replaced.")
                .param("base", Type.TABLE, "What lies below.")
                .param("over", Type.TABLE, "What is laid upon it.")
                .returnsOrNil("merged", Type.TABLE, "A new table, or nil.")
                .returnsOrNil("error", Type.STRING, "What cannot be copied, or nil.")
                .example("local all = data.deep_merge({a = {x = 1}}, {a = {y = 2}})")
                .body(call ->
                        tabled(() -> Paths.merge(call.table("base"), call.table("over"), call)));
    }

    private static Function flatten() {
        return Function.named("flatten")
                .doc("Gives a table of one level, whose keys are the paths of the nested one.")
                .param("table", Type.TABLE, "The nested table.")
                .optional("separator", Type.STRING, SEPARATOR_DOC)
                .returnsOrNil("flat", Type.TABLE, "Path to value, or nil.")
                .returnsOrNil("error", Type.STRING, "What cannot be copied, or nil.")
                .example("local flat = data.flatten({a = {b = 1}}) -- {[\"a.b\"] = 1}")
                .body(call ->
                        tabled(() ->
                                Paths.flatten(
                                        call.table("table"), call.text("separator", "."), call)));
    }

    private static Function unflatten() {
        return Function.named("unflatten")
                .doc("Turns paths back into nested tables; steps of digits become indexes.")
                .param("flat", Type.TABLE, "Path to value.")
                .optional("separator", Type.STRING, SEPARATOR_DOC)
                .returnsOrNil("table", Type.TABLE, "The nested table, or nil.")
                .returnsOrNil("error", Type.STRING, "Which paths contradict each other, or nil.")
                .example("local t = data.unflatten({[\"a.b\"] = 1}) -- t.a.b")
                .body(call -> {
                    var separator = call.text("separator", ".");
                    return tabled(() -> Paths.unflatten(call.table("flat"), separator, call));
                });
    }

    private static Function pathReader() {
        return Function.named("get_path")
                .doc("Looks up a path in nested tables; a step of digits is an index.")
                .param("table", Type.TABLE, "Where to look.")
                .param("path", Type.STRING, "The steps, such as \"servers.1.name\".")
                .optional("separator", Type.STRING, SEPARATOR_DOC)
                .returnsOrNil("value", Type.ANY, "What is there, or nil.")
                .example("local name = data.get_path(values, \"servers.1.name\")")
                .body(call -> Results.of(Paths.at(call.table("table"), path(call))));
    }

    private static Function pathWriter() {
        return Function.named("set_path")
                .doc("Sets a value in nested tables, making the tables on the way.")
                .param("table", Type.TABLE, "The table, which is changed.")
                .param("path", Type.STRING, "The steps, such as \"servers.1.name\".")
                .optional("value", Type.ANY, "What to put there; nil removes.")
                .optional("separator", Type.STRING, SEPARATOR_DOC)
                .returns("table", Type.TABLE, "The same table.")
                .example("data.set_path(config, \"log.level\", \"debug\")")
                .body(call -> {
                    Paths.put(call.table("table"), path(call), call.value("value"));
                    return Results.of(call.table("table"));
                });
    }

    private static List<String> path(Call call) {
        return Paths.split(call.text("path"), call.text("separator", "."));
    }

    /// Makes a table, or says why not.
    private interface Making {
        Value table();
    }

    private static List<Value> tabled(Making making) {
        try {
            return Results.of(making.table());
        } catch (IllegalArgumentException | CallFailure e) {
            return Results.fail(String.valueOf(e.getMessage()));
        }
    }
}
