package dev.sloth.dsl.define;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Placement;
import java.util.List;

/// Reads where a task is to run.
final class Placements {
    private static final List<String> SELECTOR =
            List.of("tags", "region", "strategy", "pool", "name", "count", "labels", "selector");

    /// How many agents may be asked for.
    private static final int AGENTS_MAX = 100_000;

    private Placements() {}

    static Placement delegated(Reading r) {
        return switch (r.value()) {
            case Text _ -> new Placement.Agents(List.of(r.line()));
            case Value.Callable _ -> new Placement.Computed(r.function());
            case Value.Table table -> table(r, table);
            case Value.Nil _, Value.Bool _, Value.Num _, Value.Handle _ ->
                    throw r.wrong("an agent's name, a list of names, a function or a selector");
        };
    }

    private static Placement table(Reading r, Value.Table table) {
        if (table.entries().isEmpty()) {
            throw Reading.cannot("must name an agent, or say what to select by", "");
        }
        if (table.length() > 0) {
            return new Placement.Agents(r.words());
        }
        if (table.at("address") instanceof Text address) {
            return new Placement.Agents(List.of(address.toString()));
        }
        return selector(r, table);
    }

    static Placement selected(Reading r) {
        return switch (r.value()) {
            case Text _ -> new Placement.Selector(new DataTable().with("pool", r.line()));
            case Value.Table table -> selector(r, table);
            case Value.Nil _, Value.Bool _, Value.Num _, Value.Callable _, Value.Handle _ ->
                    throw r.wrong("a pool's name or a table");
        };
    }

    private static Placement selector(Reading r, Value.Table table) {
        check(r, table);
        return new Placement.Selector(r.dataTable());
    }

    /// A selector may stand in another, under `selector`, or an expression may.
    private static void check(Reading r, Value.Table table) {
        var wanted = r.fields(table, SELECTOR);
        if (wanted.get("selector") instanceof Value.Table inner) {
            check(r, inner);
        } else {
            var _ = r.option(wanted, "selector", "", Placements::word);
        }
        for (String name : List.of("region", "strategy", "pool", "name")) {
            var _ = r.option(wanted, name, "", Placements::word);
        }
        var _ = r.option(wanted, "tags", List.of(), Placements::words);
        var _ = r.option(wanted, "count", 0L, value -> Reading.whole(value, 1, AGENTS_MAX));
        var _ = r.option(wanted, "labels", List.of(), Placements::labels);
    }

    private static String word(Value value) {
        if (value instanceof Text text) {
            return text.toString();
        }
        throw Reading.wrong("a string", value);
    }

    private static List<String> words(Value value) {
        if (value instanceof Value.Table list) {
            return list.entries().stream().map(entry -> tag(entry.value())).toList();
        }
        return List.of(tag(value));
    }

    private static String tag(Value value) {
        if (value instanceof Text text) {
            return text.toString();
        }
        throw Reading.wrong("a string or a list of strings", value);
    }

    private static List<String> labels(Value value) {
        if (value instanceof Value.Table table) {
            return table.entries().stream()
                    .map(entry -> Reading.text(entry.value(), "a table of names and strings"))
                    .toList();
        }
        throw Reading.wrong("a table of names and strings", value);
    }
}
