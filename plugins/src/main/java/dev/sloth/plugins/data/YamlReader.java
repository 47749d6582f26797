package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Builds values from the parser's events, so that depth and size are checked before anything is
/// built: an alias counts as much as what it stands for, each time.
final class YamlReader {
    private static final String MERGE = "<<";
    private static final int BUFFER_MIN = 1 << 10;

    /// The parser copies what it holds of a long scalar each time it takes in another buffer.
    private static final int BUFFER_MAX = 1 << 20;

    /// About what one value takes, with its index in a list.
    private static final int NODE_BYTES = 2 * Data.VALUE_BYTES;

    /// How much of the text a message repeats.
    private static final int SHOWN_MAX = 60;

    /// Of a whole number, as for JSON.
    private static final int DIGITS_MAX = 1_000;

    private static final Set<Tag> PLAIN = Set.of(Tag.BOOL, Tag.INT, Tag.FLOAT);

    /// A value that an alias may name, and how many nodes it holds.
    private record Anchored(Value value, int nodes) {}

    private final DocumentBounds bounds;
    private final Allowance allowance;
    private final Scalars scalars;
    private final Iterator<Event> events;
    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int nodes;

    YamlReader(String text, DocumentBounds bounds, Scalars scalars) {
        this.bounds = bounds;
        this.allowance = bounds.allowance().inSteps();
        this.scalars = scalars;
        var settings =
                LoadSettings.builder()
                        .setCodePointLimit(bounds.bytes())
                        .setBufferSize(Math.clamp(text.length(), BUFFER_MIN, BUFFER_MAX))
                        .setSchema(new CoreSchema())
                        .build();
        events = new Parse(settings).parseString(text).iterator();
    }

    Value document() {
        events.next();
        if (!(events.next() instanceof DocumentStartEvent)) {
            return Value.Nil.NIL;
        }
        var value = node(events.next(), 0);
        events.next();
        var after = events.next();
        if (after instanceof DocumentStartEvent) {
            throw malformed(after, "a second document begins here; only one is read");
        }
        return value;
    }

    private Value node(Event event, int depth) {
        int before = nodes;
        count(event, 1);
        var value =
                switch (event) {
                    case AliasEvent alias -> alias(alias);
                    case ScalarEvent scalar -> scalar(scalar);
                    case SequenceStartEvent _ -> sequence(deeper(event, depth));
                    case MappingStartEvent _ -> mapping(deeper(event, depth));
                    default -> throw malformed(event, "unexpected " + event.getEventId());
                };
        if (event instanceof NodeEvent n && !(event instanceof AliasEvent)) {
            n.getAnchor().ifPresent(a -> anchors.put(a, new Anchored(value, nodes - before)));
        }
        return value;
    }

    private int deeper(Event event, int depth) {
        if (depth >= bounds.depth()) {
            throw malformed(event, "nests deeper than " + bounds.depth() + " levels");
        }
        return depth + 1;
    }

    private void count(Event event, int more) {
        if (more > bounds.nodes() - nodes) {
            throw malformed(
                    event, "holds more than " + bounds.nodes() + " values, aliases counted");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw malformed(event, "reading was stopped here");
        }
        allowance.take((long) NODE_BYTES * more);
        nodes += more;
    }

    private Value alias(AliasEvent event) {
        var anchor = event.getAnchor().orElseThrow();
        var anchored = anchors.get(anchor);
        if (anchored == null) {
            var name = shown(anchor.getValue());
            throw malformed(event, "the alias *" + name + " names nothing finished");
        }
        count(event, anchored.nodes());
        try {
            return Data.copyOf(anchored.value(), "the alias");
        } catch (IllegalArgumentException e) {
            throw malformed(event, String.valueOf(e.getMessage()));
        }
    }

    private DataTable sequence(int depth) {
        var table = new DataTable();
        int index = 1;
        for (var e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
            table.put(new Value.Num(index++), node(e, depth));
        }
        return table;
    }

    private DataTable mapping(int depth) {
        var table = new DataTable();
        var seen = new HashSet<Value>();
        var merged = new ArrayList<DataTable>();
        for (var e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            if (e instanceof ScalarEvent s && s.isPlain() && s.getValue().equals(MERGE)) {
                var from = events.next();
                merged.addAll(sources(node(from, depth), from));
                continue;
            }
            var key = key(e, depth);
            if (!seen.add(key)) {
                throw malformed(e, "the key " + shown(key.toString()) + " is given twice");
            }
            table.put(key, node(events.next(), depth));
        }
        for (var source : merged) {
            for (var entry : source.entries()) {
                if (seen.add(entry.key())) {
                    table.put(entry.key(), entry.value());
                }
            }
        }
        return table;
    }

    private List<DataTable> sources(Value value, Event at) {
        if (!(value instanceof DataTable table)) {
            throw malformed(at, "<< merges a mapping or a list of mappings");
        }
        if (table.length() == 0) {
            return List.of(table);
        }
        var sources = new ArrayList<DataTable>();
        for (var entry : table.entries()) {
            if (!(entry.value() instanceof DataTable source)) {
                throw malformed(at, "<< merges a mapping or a list of mappings");
            }
            sources.add(source);
        }
        return sources;
    }

    private Value key(Event event, int depth) {
        var key = node(event, depth);
        return switch (key) {
            case Text t -> t;
            case Value.Num n -> n;
            case Value.Bool b -> b;
            case Value.Nil _, Value.Table _, Value.Callable _, Value.Handle _ ->
                    throw malformed(event, "a key must be text, a number or a boolean");
        };
    }

    private Value scalar(ScalarEvent event) {
        var text = event.getValue();
        var tag = tag(event);
        allowance.take(text.length());
        if (tag.equals(Tag.STR)) {
            return Strict.text(text, line(event), column(event));
        }
        if (tag.equals(Tag.NULL)) {
            return scalars.nothing();
        }
        try {
            return PLAIN.contains(tag)
                    ? scalars.scalar(text, () -> typed(event, tag, text))
                    : typed(event, tag, text);
        } catch (IllegalArgumentException _) {
            throw malformed(event, "\"" + shown(text) + "\" is not a " + shown(tag.toString()));
        }
    }

    private Value typed(ScalarEvent event, Tag tag, String text) {
        if (tag.equals(Tag.BOOL)) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> Value.Bool.TRUE;
                case "false" -> Value.Bool.FALSE;
                default -> throw new IllegalArgumentException(text);
            };
        }
        if (tag.equals(Tag.INT)) {
            return Strict.whole(whole(text));
        }
        if (tag.equals(Tag.FLOAT)) {
            var number = text.toLowerCase(Locale.ROOT);
            if (number.endsWith(".inf") || number.equals(".nan")) {
                throw malformed(event, "not a number that can be held");
            }
            return Strict.fraction(Double.parseDouble(number), line(event), column(event));
        }
        if (tag.equals(Tag.BINARY)) {
            return Text.ofBytes(Base64.getMimeDecoder().decode(text));
        }
        throw malformed(event, "the tag " + shown(tag.toString()) + " is not known here");
    }

    private Tag tag(ScalarEvent event) {
        var tag = event.getTag();
        if (tag.isPresent() && !tag.get().equals("!")) {
            return new Tag(tag.get());
        }
        boolean plain = event.getImplicit().canOmitTagInPlainScalar();
        return plain ? resolver.resolve(event.getValue(), true) : Tag.STR;
    }

    /// In other bases than ten, what it takes grows with the square of the length.
    private static BigInteger whole(String text) {
        if (text.length() > DIGITS_MAX) {
            throw new IllegalArgumentException("a number of " + text.length() + " digits");
        }
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return new BigInteger(text);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }

    private static Malformed malformed(Event at, String message) {
        return new Malformed(message, line(at), column(at));
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).map(n -> n + 1).orElse(0);
    }

    private static int column(Event event) {
        return event.getStartMark().map(Mark::getColumn).map(n -> n + 1).orElse(0);
    }
}
