package dev.sloth.dsl.define;

import dev.sloth.api.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads what a workflow says of its times, as words: others know what they mean.
final class Schedules {
    private static final String EXCLUDE = "exclude";

    static final List<String> FIELDS =
            List.of(
                    "name",
                    "cron",
                    "every",
                    "at",
                    "from",
                    "zone",
                    EXCLUDE,
                    "missed",
                    "overlap",
                    "grace",
                    "deadline",
                    "catch_up_max",
                    "queue_max",
                    "splay");

    private Schedules() {}

    /// One for each table that was given.
    static List<Map<String, List<String>>> read(Reading reading) {
        var all = new ArrayList<Map<String, List<String>>>();
        for (Value each : reading.given().values()) {
            if (each instanceof Value.Table table) {
                all.add(words(reading, table));
            } else {
                reading.note(Reading.wrong("a table such as { cron = \"0 3 * * *\" }", each));
            }
        }
        return all;
    }

    private static Map<String, List<String>> words(Reading reading, Value.Table table) {
        var words = new LinkedHashMap<String, List<String>>();
        var fields = reading.fields(table, FIELDS);
        fields.keySet()
                .forEach(name -> {
                    var read = reading.option(fields, name, List.<String>of(), v -> texts(name, v));
                    if (!read.isEmpty()) {
                        words.put(name, read);
                    }
                });
        return words;
    }

    private static List<String> texts(String field, Value value) {
        if (field.equals(EXCLUDE) && value instanceof Value.Table list) {
            return list.entries().stream()
                    .map(entry -> Reading.text(entry.value(), "a list of days"))
                    .toList();
        }
        return List.of(Reading.text(value, "a string"));
    }
}
