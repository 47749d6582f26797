package dev.sloth.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One section of a document that is being read: to be read once, as a whole or item by item, or
/// not at all.
public final class Section {
    private final JsonParser parser;

    /// @param parser whose current token is the section's first
    Section(JsonParser parser) {
        this.parser = parser;
    }

    /// All of it.
    public Json json() {
        return read(parser);
    }

    /// The items of a list one by one.
    public void each(Consumer<Json> item) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Damage.found("a list was expected");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            item.accept(read(parser));
        }
    }

    /// Reads the value whose first token is the parser's current one.
    static Json read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> new Json.Nothing();
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getString());
            case VALUE_STRING -> new Json.Text(parser.getString());
            case START_ARRAY -> items(parser);
            case START_OBJECT -> fielded(parser);
            case null -> throw Damage.found("it ends too early");
            case END_ARRAY, END_OBJECT, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw Damage.found("a value was expected");
        };
    }

    private static Json items(JsonParser parser) {
        var all = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            all.add(read(parser));
        }
        return new Json.Items(all);
    }

    private static Json fielded(JsonParser parser) {
        var all = new LinkedHashMap<String, Json>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (all.put(name, read(parser)) != null) {
                throw Damage.found("it says twice what '" + name + "' is");
            }
        }
        return new Json.Fielded(all);
    }
}
