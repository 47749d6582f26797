package dev.sloth.plugins.data;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Shown;
import java.util.List;
import java.util.Locale;

/// The functions of JSON and YAML, which several modules offer under their own names.
public final class Formats {
    private static final int PRETTY_INDENT = 2;
    private static final int INDENT_MAX = 16;

    private Formats() {}

    public static Function jsonDecode(String name) {
        return reader(name, "JSON").body(call -> results(Json.parse(bytes(call), bounds(call))));
    }

    public static Function jsonEncode(String name) {
        return writer(name, "JSON on one line", "json")
                .param(
                        Parameter.optional("options", Type.TABLE, "How to write it.")
                                .options(
                                        Parameter.optional(
                                                "indent",
                                                Type.INTEGER,
                                                "Spaces for each level; 0, the default, writes"
                                                        + " one line."),
                                        empty()))
                .body(call ->
                        written(() -> {
                            var options = new Options(call);
                            return JsonWriter.write(
                                    Shape.of(call.value("value"), options.empty(), call),
                                    options.indent(),
                                    call);
                        }));
    }

    public static Function jsonPretty(String name) {
        return writer(name, "JSON over several lines, indented by two spaces", "json")
                .body(call ->
                        written(() -> JsonWriter.write(call.value("value"), PRETTY_INDENT, call)));
    }

    public static Function jsonValidate(String name) {
        return Function.named(name)
                .doc("Says whether the text is well-formed JSON.")
                .param("text", Type.STRING, "What to look at.")
                .returns("valid", Type.BOOLEAN, "Whether it is well formed.")
                .returnsOrNil("error", Type.STRING, "What is wrong, with line and column, or nil.")
                .example("local ok, err = json.validate('[1, 2')")
                .body(call ->
                        switch (Json.parse(bytes(call), bounds(call))) {
                            case Parsed.Good _ -> Results.bool(true);
                            case Parsed.Bad bad -> Results.refuse(bad.toString());
                        });
    }

    public static Function yamlDecode(String name) {
        return reader(name, "YAML").body(call -> results(Yaml.parse(bytes(call), bounds(call))));
    }

    public static Function yamlEncode(String name) {
        return writer(name, "YAML", "yaml")
                .param(
                        Parameter.optional("options", Type.TABLE, "How to write it.")
                                .options(empty()))
                .body(call ->
                        written(() ->
                                Yaml.write(
                                        Shape.of(
                                                call.value("value"),
                                                new Options(call).empty(),
                                                call),
                                        call)));
    }

    private static Parameter empty() {
        return Parameter.optional(
                "empty",
                Type.STRING,
                "How empty tables are written: \"table\", the default, as {}, or \"list\" as [].");
    }

    private static Function.Builder reader(String name, String format) {
        return Function.named(name)
                .doc(
                        ("Reads %s text. A null field is left out, and a null in a list is a hole."
                                        + " Whole numbers beyond 2^53 come as text, so that no"
                                        + " digit is lost.")
                                .formatted(format))
                .param("text", Type.STRING, "The " + format + " document.")
                .returnsOrNil("value", Type.ANY, "What the document says, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, with line and column, or nil.")
                .example("local value, err = " + format.toLowerCase(Locale.ROOT) + ".decode(text)");
    }

    private static Function.Builder writer(String name, String format, String module) {
        return Function.named(name)
                .doc(
                        "Writes a value as "
                                + format
                                + ". Functions, cycles and numbers that are not finite are"
                                + " refused. An empty table is written as {}.")
                .param("value", Type.ANY, "What to write.")
                .returnsOrNil("text", Type.STRING, "The document, or nil.")
                .returnsOrNil("error", Type.STRING, "Why it cannot be written, and where, or nil.")
                .example("local text = " + module + ".encode({name = \"web\", ports = {80, 443}})");
    }

    static DocumentBounds bounds(Call call) {
        return DocumentBounds.STANDARD.paidBy(call);
    }

    static byte[] bytes(Call call) {
        return call.bytes("text").bytes();
    }

    static List<Value> results(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Good(var value) -> Results.of(value);
            case Parsed.Bad bad -> Results.fail(bad.toString());
        };
    }

    /// Writes a document, or says why not.
    interface Writing {
        String text();
    }

    static List<Value> written(Writing writing) {
        try {
            return Results.text(writing.text());
        } catch (IllegalArgumentException e) {
            return Results.fail(String.valueOf(e.getMessage()));
        }
    }

    /// The options table of a writing function.
    private record Options(Value given) {
        Options(Call call) {
            this(call.value("options"));
        }

        private Value field(String name) {
            return given instanceof Value.Table table ? table.at(name) : Value.Nil.NIL;
        }

        int indent() {
            return switch (field("indent")) {
                case Value.Nil _ -> 0;
                case Value.Num n when n.whole() && n.value() >= 0 && n.value() <= INDENT_MAX ->
                        (int) n.value();
                case Value other ->
                        throw new CallFailure(
                                "indent is a whole number from 0 to "
                                        + INDENT_MAX
                                        + ", not "
                                        + other.type());
            };
        }

        Shape.Empty empty() {
            var given = field("empty");
            if (given == Value.Nil.NIL || given.equals(Text.of("table"))) {
                return Shape.Empty.MAPPING;
            }
            if (given.equals(Text.of("list"))) {
                return Shape.Empty.SEQUENCE;
            }
            throw new CallFailure("empty is \"table\" or \"list\", not " + Shown.line(given));
        }
    }
}
