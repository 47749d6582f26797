package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import java.math.BigInteger;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON into values. Writing is [JsonWriter].
public final class Json {
    /// Digits of one number.
    private static final int NUMBER_LENGTH_MAX = 1_000;

    /// Where the parser says in its own terms where the text comes from.
    private static final Pattern SOURCE = Pattern.compile(" *\\(start marker at .*");

    private final JsonParser parser;
    private final DocumentBounds bounds;
    private final Scalars scalars;
    private final Allowance allowance;
    private int depth;

    private Json(JsonParser parser, DocumentBounds bounds, Scalars scalars) {
        this.parser = parser;
        this.bounds = bounds;
        this.scalars = scalars;
        this.allowance = bounds.allowance().inSteps();
    }

    /// Reads one document; anything after it is refused.
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
            try (var parser = factory(bounds).createParser(ObjectReadContext.empty(), text)) {
                return new Parsed.Good(new Json(parser, bounds, scalars).document());
            }
        } catch (Malformed m) {
            return m.bad();
        } catch (JacksonException e) {
            var at = e.getLocation();
            var message = plain(e.getOriginalMessage());
            return at == null
                    ? new Parsed.Bad(message, 0, 0)
                    : new Parsed.Bad(message, at.getLineNr(), at.getColumnNr());
        }
    }

    private static JsonFactory factory(DocumentBounds bounds) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(bounds.depth() + 1)
                                .maxTokenCount(2L * bounds.nodes())
                                .maxStringLength(bounds.bytes())
                                .maxNameLength(bounds.bytes())
                                .maxNumberLength(NUMBER_LENGTH_MAX)
                                .build())
                .build();
    }

    /// The first line, without the name of the method that sets a limit.
    private static String plain(String message) {
        int end = message.indexOf('\n');
        var line = SOURCE.matcher(end < 0 ? message : message.substring(0, end)).replaceFirst("");
        int hint = line.indexOf(", from `StreamReadConstraints");
        return hint < 0 ? line : line.substring(0, hint) + ")";
    }

    private Value document() {
        var token = parser.nextToken();
        if (token == null) {
            throw new Malformed("the text is empty", 1, 1);
        }
        var value = value(token);
        if (parser.nextToken() != null) {
            throw malformed("more text after the end of the document");
        }
        return value;
    }

    private Value value(JsonToken token) {
        if (Thread.currentThread().isInterrupted()) {
            throw malformed("reading was stopped here");
        }
        allowance.take(Data.VALUE_BYTES);
        return switch (token) {
            case START_OBJECT, START_ARRAY -> nested(token);
            case VALUE_STRING -> text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                    scalars.scalar(parser.getString(), () -> typed(token));
            case VALUE_NULL -> scalars.nothing();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw malformed("unexpected " + token);
        };
    }

    private Value typed(JsonToken token) {
        return switch (token) {
            case VALUE_NUMBER_INT -> Strict.whole(new BigInteger(parser.getString()));
            case VALUE_NUMBER_FLOAT -> {
                var at = parser.currentTokenLocation();
                yield Strict.fraction(
                        Double.parseDouble(parser.getString()), at.getLineNr(), at.getColumnNr());
            }
            case VALUE_TRUE -> Value.Bool.TRUE;
            case VALUE_FALSE -> Value.Bool.FALSE;
            case START_OBJECT,
                    START_ARRAY,
                    VALUE_STRING,
                    VALUE_NULL,
                    NOT_AVAILABLE,
                    END_OBJECT,
                    END_ARRAY,
                    PROPERTY_NAME,
                    VALUE_EMBEDDED_OBJECT ->
                    throw malformed("unexpected " + token);
        };
    }

    private DataTable nested(JsonToken token) {
        if (++depth > bounds.depth()) {
            throw malformed("nests deeper than " + bounds.depth() + " levels");
        }
        var table = token == JsonToken.START_OBJECT ? object() : array();
        depth--;
        return table;
    }

    private DataTable object() {
        var table = new DataTable();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            allowance.take(Data.VALUE_BYTES);
            var key = text(parser.currentName());
            table.put(key, value(parser.nextToken()));
        }
        return table;
    }

    private DataTable array() {
        var table = new DataTable();
        int index = 1;
        for (var t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            allowance.take(Data.VALUE_BYTES);
            table.put(new Value.Num(index++), value(t));
        }
        return table;
    }

    private Value text(String characters) {
        allowance.take(characters.length());
        var at = parser.currentTokenLocation();
        return Strict.text(characters, at.getLineNr(), at.getColumnNr());
    }

    private Malformed malformed(String message) {
        var at = parser.currentTokenLocation();
        return new Malformed(message, at.getLineNr(), at.getColumnNr());
    }
}
