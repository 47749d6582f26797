package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Draft;
import java.util.HexFormat;

/// Writes values as JSON.
public final class JsonWriter {
    private static final HexFormat HEX = HexFormat.of();

    private final Draft out;
    private final int indent;

    private JsonWriter(int indent, Allowance allowance) {
        this.indent = indent;
        this.out = new Draft(allowance, DocumentBounds.STANDARD.bytes());
    }

    /// The value as JSON text; `indent` 0 writes one line. An empty table is written as `{}`.
    ///
    /// @throws IllegalArgumentException when JSON cannot hold it, saying where
    public static String write(Value value, int indent, Allowance allowance) {
        return write(Shape.of(value, Shape.Empty.MAPPING, allowance), indent, allowance);
    }

    /// The same, but an empty table is written as `[]`.
    ///
    /// @throws IllegalArgumentException when JSON cannot hold it, saying where
    public static String writeEmptyAsList(Value value, int indent, Allowance allowance) {
        return write(Shape.of(value, Shape.Empty.SEQUENCE, allowance), indent, allowance);
    }

    static String write(Shape shape, int indent, Allowance allowance) {
        var writer = new JsonWriter(indent, allowance);
        writer.value(shape, 0);
        return writer.out.toString();
    }

    private void value(Shape shape, int depth) {
        switch (shape) {
            case Shape.Null() -> out.append("null");
            case Shape.Flag(var flag) -> out.append(Boolean.toString(flag));
            case Shape.Amount n -> out.append(n.digits());
            case Shape.Characters(var text) -> string(text);
            case Shape.Bytes _ ->
                    throw new IllegalArgumentException(
                            "JSON holds UTF-8 text only: encode other bytes, as with"
                                    + " crypto.base64_encode");
            case Shape.Sequence s -> sequence(s, depth);
            case Shape.Mapping m -> mapping(m, depth);
        }
    }

    private void sequence(Shape.Sequence sequence, int depth) {
        if (sequence.items().isEmpty()) {
            out.append("[]");
            return;
        }
        char open = '[';
        for (var item : sequence.items()) {
            out.append(open);
            open = ',';
            line(depth + 1);
            value(item, depth + 1);
        }
        line(depth);
        out.append(']');
    }

    private void mapping(Shape.Mapping mapping, int depth) {
        if (mapping.fields().isEmpty()) {
            out.append("{}");
            return;
        }
        char open = '{';
        for (var field : mapping.fields().entrySet()) {
            out.append(open);
            open = ',';
            line(depth + 1);
            string(field.getKey());
            out.append(indent > 0 ? ": " : ":");
            value(field.getValue(), depth + 1);
        }
        line(depth);
        out.append('}');
    }

    private void line(int depth) {
        if (indent > 0) {
            out.append('\n').repeat(" ", indent * depth);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u").append(HEX.toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
