package dev.sloth.core.schedule;

import dev.sloth.core.store.StoreFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What a schedule says, field by field, as a store keeps it: its [Rules] and what is to be run.
///
/// @param words by field; each has one or several
public record Definition(Map<String, List<String>> words) {
    private static final JsonFactory JSON = new JsonFactory();

    public Definition {
        var copy = new LinkedHashMap<String, List<String>>();
        words.forEach((field, all) -> copy.put(field, List.copyOf(all)));
        words = java.util.Collections.unmodifiableMap(copy);
    }

    /// The first word of a field.
    public Optional<String> word(String field) {
        return words.getOrDefault(field, List.of()).stream().findFirst();
    }

    public List<String> all(String field) {
        return words.getOrDefault(field, List.of());
    }

    /// A JSON object of lists.
    public String text() {
        var out = new java.io.StringWriter();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            words.forEach((field, all) -> {
                json.writeName(field);
                json.writeStartArray();
                all.forEach(json::writeString);
                json.writeEndArray();
            });
            json.writeEndObject();
        }
        return out.toString();
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws StoreFailure `DAMAGED` when it is something else
    public static Definition parse(String text) {
        var words = new LinkedHashMap<String, List<String>>();
        try (var json = JSON.createParser(ObjectReadContext.empty(), text)) {
            expect(json.nextToken() == JsonToken.START_OBJECT);
            for (var field = json.nextName(); field != null; field = json.nextName()) {
                expect(json.nextToken() == JsonToken.START_ARRAY);
                var all = new ArrayList<String>();
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    all.add(json.getString());
                }
                expect(json.currentToken() == JsonToken.END_ARRAY);
                words.put(field, all);
            }
            expect(json.currentToken() == JsonToken.END_OBJECT);
        } catch (JacksonException e) {
            throw damaged(e);
        }
        return new Definition(words);
    }

    private static void expect(boolean as) {
        if (!as) {
            throw damaged(new IllegalStateException("fields with lists of words were expected"));
        }
    }

    private static StoreFailure damaged(RuntimeException cause) {
        return new StoreFailure(
                StoreFailure.Reason.DAMAGED, "what a schedule says is damaged in the store", cause);
    }
}
