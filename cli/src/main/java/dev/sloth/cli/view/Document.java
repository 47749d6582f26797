package dev.sloth.cli.view;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// One machine-readable answer: named fields in a fixed order, written as JSON or YAML.
public final class Document {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /// Adds a field: text, number, boolean, another document, a list of these, or a script's value.
    public Document with(String name, Object value) {
        fields.put(name, plain(value));
        return this;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Document d -> d.fields;
            case Value v -> plainValue(v);
            case List<?> list -> list.stream().map(Document::plain).toList();
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((k, v) -> copy.put(String.valueOf(k), plain(v)));
                yield copy;
            }
            case Number n -> n;
            case Boolean b -> b;
            default -> value.toString();
        };
    }

    /// Nil stands as an empty text: a document knows no null.
    private static Object plainValue(Value value) {
        return switch (value) {
            case Value.Nil _ -> "";
            case Value.Bool b -> b.truthy();
            case Value.Num n -> n.whole() ? (Object) (long) n.value() : (Object) n.value();
            case Text t -> t.toString();
            case Value.Table t -> plainTable(t);
            case Value.Callable _ -> "function";
            case Value.Handle h -> h.typeName();
        };
    }

    private static Object plainTable(Value.Table table) {
        int length = table.length();
        var entries = table.entries();
        if (length > 0 && length == entries.size()) {
            var list = new ArrayList<Object>();
            for (int i = 1; i <= length; i++) {
                list.add(plainValue(table.at(i)));
            }
            return list;
        }
        var map = new LinkedHashMap<String, Object>();
        for (var entry : entries) {
            map.put(String.valueOf(plainValue(entry.key())), plainValue(entry.value()));
        }
        return map;
    }

    /// A problem as a document.
    public static Document of(Problem problem) {
        return new Document()
                .with("code", problem.code())
                .with("message", problem.message())
                .with("at", of(problem.at()))
                .with("remedy", problem.remedy());
    }

    /// A place as a document.
    public static Document of(Span at) {
        return new Document()
                .with("file", at.file())
                .with("line", at.line())
                .with("column", at.column());
    }

    /// As `json` or `yaml`; ends with a line end.
    public String as(Format format) {
        return switch (format) {
            case TEXT, JSON -> json();
            case YAML -> yaml();
        };
    }

    /// Indented JSON with a line end.
    public String json() {
        var text = new StringWriter();
        var indenter = new DefaultIndenter("  ", "\n");
        var printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        var context =
                new ObjectWriteContext.Base() {
                    @Override
                    public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
                        return printer;
                    }
                };
        try (var json = FACTORY.createGenerator(context, text)) {
            write(json, fields);
        }
        return text.append('\n').toString();
    }

    /// JSON on one line, without a line end.
    public String line() {
        return json(fields);
    }

    /// What the only field holds, as JSON on one line.
    public String onlyField() {
        if (fields.size() != 1) {
            throw new IllegalStateException("there are %d fields".formatted(fields.size()));
        }
        return json(fields.values().iterator().next());
    }

    private static String json(Object value) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, field) -> {
                    json.writeName(String.valueOf(name));
                    write(json, field);
                });
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            case Boolean b -> json.writeBoolean(b);
            case Long n -> json.writeNumber(n);
            case Integer n -> json.writeNumber(n);
            case Double n when Double.isFinite(n) -> json.writeNumber(n);
            default -> json.writeString(String.valueOf(value));
        }
    }

    private String yaml() {
        var settings =
                DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        // What readers take for nothing or for a number is in quotes when it is
                        // text.
                        .setSchema(new CoreSchema())
                        // Lists that are the same twice stand there twice.
                        .setDereferenceAliases(true)
                        .build();
        return new Dump(settings).dumpToString(fields);
    }
}
