package dev.sloth.core.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One value of a document, small enough to be held.
sealed interface Json {
    record Nothing() implements Json {}

    record Bool(boolean value) implements Json {}

    /// @param digits as written
    record Num(String digits) implements Json {}

    record Text(String value) implements Json {}

    record Items(List<Json> all) implements Json {}

    record Fielded(Map<String, Json> all) implements Json {}

    /// Reads the value whose first token is the parser's current one.
    static Json read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> new Nothing();
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getString());
            case VALUE_STRING -> new Text(parser.getString());
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
        return new Items(all);
    }

    private static Json fielded(JsonParser parser) {
        var all = new LinkedHashMap<String, Json>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (all.put(name, read(parser)) != null) {
                throw Damage.found("it says twice what '" + name + "' is");
            }
        }
        return new Fielded(all);
    }

    /// What messages call it: never what it holds, which may be large or a secret.
    default String kind() {
        return switch (this) {
            case Nothing _ -> "nothing";
            case Bool _ -> "true or false";
            case Num _ -> "a number";
            case Text _ -> "a text";
            case Items _ -> "a list";
            case Fielded _ -> "fields";
        };
    }

    /// @throws dev.sloth.core.store.StoreFailure `DAMAGED` when it has no fields
    default Fields fields() {
        if (this instanceof Fielded(var all)) {
            return new Fields(all);
        }
        throw Damage.found("fields were expected, not " + kind());
    }

    default List<Json> items() {
        if (this instanceof Items(var all)) {
            return all;
        }
        throw Damage.found("a list was expected, not " + kind());
    }

    default String text() {
        if (this instanceof Text(var value)) {
            return value;
        }
        throw Damage.found("a text was expected, not " + kind());
    }

    default boolean flag() {
        if (this instanceof Bool(var value)) {
            return value;
        }
        throw Damage.found("true or false was expected, not " + kind());
    }

    default String digits() {
        if (this instanceof Num(var digits)) {
            return digits;
        }
        throw Damage.found("a number was expected, not " + kind());
    }
}
