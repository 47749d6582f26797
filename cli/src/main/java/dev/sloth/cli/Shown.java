package dev.sloth.cli;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.dsl.PlainLua;
import java.util.ArrayList;

/// Values as the interactive prompt shows them: tables with what is in them, as far as that helps.
final class Shown {
    private static final int DEPTH_MAX = 3;
    private static final int ENTRIES_MAX = 40;
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    private final PlainLua lua;

    Shown(PlainLua lua) {
        this.lua = lua;
    }

    String text(Value value) {
        return text(value, 0);
    }

    private String text(Value value, int depth) {
        return switch (value) {
            case Text text -> quoted(text.toString());
            case Value.Table table when depth < DEPTH_MAX -> table(table, depth);
            case Value.Nil _,
                    Value.Bool _,
                    Value.Num _,
                    Value.Table _,
                    Value.Callable _,
                    Value.Handle _ ->
                    lua.show(value);
        };
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\u001b", "\\27")
                + '"';
    }

    private String table(Value.Table table, int depth) {
        var parts = new ArrayList<String>();
        int next = 1;
        for (var entry : table.entries()) {
            if (parts.size() == ENTRIES_MAX) {
                parts.add("...");
                break;
            }
            var value = text(entry.value(), depth + 1);
            boolean listed = entry.key().equals(new Value.Num(next));
            next += listed ? 1 : 0;
            parts.add(listed ? value : key(entry.key(), depth) + " = " + value);
        }
        return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
    }

    private String key(Value key, int depth) {
        return key instanceof Text name && name.toString().matches(NAME)
                ? name.toString()
                : "[" + text(key, depth + 1) + "]";
    }
}
