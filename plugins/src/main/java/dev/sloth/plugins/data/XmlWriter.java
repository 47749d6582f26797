package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.plugins.value.Draft;
import java.util.Map;
import java.util.regex.Pattern;

/// Writes what [Xml] reads.
final class XmlWriter {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.:-]*");
    private static final String ITEM = "item";
    private static final String STEP = "  ";

    /// The depth at which nothing is indented, since white space would count as text.
    private static final int COMPACT = -1;

    private final Draft out;

    private XmlWriter(Allowance allowance) {
        out = new Draft(allowance, DocumentBounds.STANDARD.bytes());
    }

    /// With an empty `root`, the value must be a table with one field, which names it.
    static String write(Shape value, String root, Allowance allowance) {
        var writer = new XmlWriter(allowance);
        if (!root.isEmpty()) {
            writer.element(root, value, 0);
        } else if (value instanceof Shape.Mapping(var fields)
                && fields.size() == 1
                && !(fields.values().iterator().next() instanceof Shape.Sequence)) {
            fields.forEach((name, field) -> writer.element(name, field, 0));
        } else {
            writer.element("root", value, 0);
        }
        return writer.out.toString();
    }

    private void element(String name, Shape value, int depth) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" cannot name an XML element");
        }
        indent(depth);
        out.append('<').append(name);
        switch (value) {
            case Shape.Null(), Shape.Flag _, Shape.Amount _, Shape.Characters _, Shape.Bytes _ ->
                    escaped(scalar(value), out.append('>'));
            case Shape.Sequence(var items) -> {
                out.append('>');
                line(depth);
                items.forEach(item -> element(ITEM, item, inside(depth)));
                indent(depth);
            }
            case Shape.Mapping(var fields) -> mapping(fields, depth);
        }
        out.append("</").append(name).append('>');
        line(depth);
    }

    private void indent(int depth) {
        out.repeat(STEP, Math.max(0, depth));
    }

    private void line(int depth) {
        if (depth != COMPACT) {
            out.append('\n');
        }
    }

    private static int inside(int depth) {
        return depth == COMPACT ? COMPACT : depth + 1;
    }

    private void mapping(Map<String, Shape> fields, int depth) {
        fields.forEach((name, field) -> {
            if (name.startsWith(Xml.ATTRIBUTE)) {
                attribute(name.substring(Xml.ATTRIBUTE.length()), field);
            }
        });
        out.append('>');
        var text = fields.get(Xml.TEXT);
        if (text != null) {
            escaped(scalar(text), out);
        }
        int inner = text == null ? inside(depth) : COMPACT;
        boolean children = false;
        for (var field : fields.entrySet()) {
            if (!field.getKey().startsWith(Xml.ATTRIBUTE) && !field.getKey().equals(Xml.TEXT)) {
                if (!children) {
                    line(inner);
                }
                children = true;
                child(field.getKey(), field.getValue(), inner);
            }
        }
        if (children && inner != COMPACT) {
            indent(depth);
        }
    }

    private void child(String name, Shape value, int depth) {
        if (value instanceof Shape.Sequence(var items)) {
            items.forEach(item -> element(name, item, depth));
        } else {
            element(name, value, depth);
        }
    }

    private void attribute(String name, Shape value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" cannot name an XML attribute");
        }
        out.append(' ').append(name).append("=\"");
        scalar(value)
                .codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '\n' -> out.append("&#10;");
                        case '\t' -> out.append("&#9;");
                        default -> escaped(c, out);
                    }
                });
        out.append('"');
    }

    private static String scalar(Shape value) {
        return switch (value) {
            case Shape.Null() -> "";
            case Shape.Flag(var flag) -> Boolean.toString(flag);
            case Shape.Amount n -> n.digits();
            case Shape.Characters(var text) -> text;
            case Shape.Bytes _ -> throw new IllegalArgumentException("XML holds UTF-8 text only");
            case Shape.Sequence _, Shape.Mapping _ ->
                    throw new IllegalArgumentException(
                            "attributes and #text hold plain values, not tables");
        };
    }

    private static void escaped(String text, Draft out) {
        text.codePoints().forEach(c -> escaped(c, out));
    }

    private static void escaped(int c, Draft out) {
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\r' -> out.append("&#13;");
            default -> out.appendCodePoint(allowed(c));
        }
    }

    private static int allowed(int c) {
        boolean control = c < ' ' && c != '\n' && c != '\t';
        if (control || c == 0xFFFE || c == 0xFFFF) {
            throw new IllegalArgumentException("XML cannot hold the character " + c);
        }
        return c;
    }
}
