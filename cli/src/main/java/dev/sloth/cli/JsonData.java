package dev.sloth.cli;

import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.Parsed;
import java.nio.charset.StandardCharsets;

/// Data that a command line gives as JSON.
final class JsonData {
    private JsonData() {}

    /// @param what it is, for messages
    /// @throws dev.sloth.api.workflow.Problems when it is no JSON
    static Value value(String what, byte[] bytes) {
        return switch (Json.parse(bytes, DocumentBounds.STANDARD)) {
            case Parsed.Good(var value) -> value;
            case Parsed.Bad bad ->
                    throw StateFamily.wrong(
                            "%s is no JSON: %s".formatted(what, bad),
                            "text in JSON stands in quotes, such as '\"text\"'");
        };
    }

    /// @throws dev.sloth.api.workflow.Problems when it is no JSON, or no object
    static Value.Table table(String what, String text) {
        if (value(what, text.getBytes(StandardCharsets.UTF_8)) instanceof Value.Table table
                && table.length() == 0) {
            return table;
        }
        throw StateFamily.wrong(what + " must be an object", "write it as {\"name\": value}");
    }
}
