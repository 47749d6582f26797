package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Draft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads and writes YAML 1.2: core schema, one document, merge keys, `!!binary` for bytes.
public final class Yaml {
    /// About what the library makes of one value while it writes.
    private static final int NODE_BYTES = 256;

    private Yaml() {}

    /// Reads one document; an empty one is nil.
    public static Parsed parse(byte[] bytes, DocumentBounds bounds) {
        return parse(bytes, bounds, Scalars.TYPED);
    }

    /// As above, but numbers and booleans are the text that stands there, and null is `false`,
    /// which nothing else is.
    public static Parsed written(byte[] bytes, DocumentBounds bounds) {
        return parse(bytes, bounds, Scalars.WRITTEN);
    }

    private static Parsed parse(byte[] bytes, DocumentBounds bounds, Scalars scalars) {
        try {
            var text = Strict.document(bytes, bounds);
            return new Parsed.Good(new YamlReader(text, bounds, scalars).document());
        } catch (Malformed m) {
            return m.bad();
        } catch (MarkedYamlEngineException e) {
            return bad(e);
        } catch (ReaderException e) {
            return new Parsed.Bad("the text holds a character that YAML does not allow", 0, 0);
        } catch (YamlEngineException e) {
            return new Parsed.Bad(String.valueOf(e.getMessage()), 0, 0);
        }
    }

    private static Parsed.Bad bad(MarkedYamlEngineException e) {
        var context = e.getContext() == null ? "" : e.getContext() + ": ";
        var mark = e.getProblemMark().or(e::getContextMark);
        return new Parsed.Bad(
                context + e.getProblem(),
                mark.map(m -> m.getLine() + 1).orElse(0),
                mark.map(m -> m.getColumn() + 1).orElse(0));
    }

    /// The value as YAML text in block style. An empty table is written as `{}`.
    ///
    /// @throws IllegalArgumentException when YAML cannot hold it, saying where
    public static String write(Value value, Allowance allowance) {
        return write(Shape.of(value, Shape.Empty.MAPPING, allowance), allowance);
    }

    static String write(Shape shape, Allowance allowance) {
        var settings =
                DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setSchema(new CoreSchema())
                        .setSplitLines(false)
                        .setDereferenceAliases(true)
                        .build();
        var out = new Page(new Draft(allowance, DocumentBounds.STANDARD.bytes()));
        new Dump(settings).dump(plain(shape, allowance.inSteps()), out);
        return out.text.toString();
    }

    /// Where the library writes to.
    private record Page(Draft text) implements StreamDataWriter {
        @Override
        public void write(String more) {
            text.append(more);
        }

        @Override
        public void write(String more, int from, int length) {
            text.append(more, from, from + length);
        }
    }

    /// The shape in the terms of the library, which makes a tree of nodes of it.
    private static @Nullable Object plain(Shape shape, Allowance allowance) {
        allowance.take(NODE_BYTES);
        return switch (shape) {
            case Shape.Null() -> null;
            case Shape.Flag(var flag) -> flag;
            case Shape.Amount n -> number(n);
            case Shape.Characters(var text) -> text;
            case Shape.Bytes(var bytes) -> bytes;
            case Shape.Sequence(var items) -> plainItems(items, allowance);
            case Shape.Mapping(var fields) -> plainFields(fields, allowance);
        };
    }

    private static Object number(Shape.Amount n) {
        return new Value.Num(n.value()).whole() && !n.digits().equals("-0.0")
                ? (Object) (long) n.value()
                : (Object) n.value();
    }

    private static List<@Nullable Object> plainItems(List<Shape> items, Allowance allowance) {
        var list = new ArrayList<@Nullable Object>();
        items.forEach(item -> list.add(plain(item, allowance)));
        return list;
    }

    private static Map<String, @Nullable Object> plainFields(
            Map<String, Shape> fields, Allowance allowance) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach((key, field) -> map.put(key, plain(field, allowance)));
        return map;
    }
}
